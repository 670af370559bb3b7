package dev.waybill.planner.cli;

import dev.waybill.runtime.cli.CommandLine;
import dev.waybill.runtime.cli.Interruption;
import java.time.Clock;
import java.util.List;

/** The planner's process: planning runs, the master and the certificate authority. */
public final class PlannerMain {
  private PlannerMain() {}

  public static void main(String[] args) {
    Interruption interruption = new Interruption();
    interruption.exit(
        new CommandLine(
                List.of(
                    new PlanCommand(interruption),
                    new VerifyCommand(),
                    new ImportCommand(),
                    new MasterCommand(),
                    new CaCommand(Clock.systemUTC())))
            .run(args));
  }
}
