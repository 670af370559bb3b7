package dev.waybill.planner.cli;

import dev.waybill.runtime.cli.CommandLine;
import dev.waybill.runtime.cli.Interruption;
import java.util.List;

/** The planner's process: planning runs and the master. */
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
                    new MasterCommand()))
            .run(args));
  }
}
