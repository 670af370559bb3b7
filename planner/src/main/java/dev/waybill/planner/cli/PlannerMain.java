package dev.waybill.planner.cli;

import dev.waybill.runtime.cli.CommandLine;
import java.util.List;

/** The planner's process: planning runs and the master. */
public final class PlannerMain {
  private PlannerMain() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(
                List.of(
                    new PlanCommand(),
                    new VerifyCommand(),
                    new ImportCommand(),
                    new MasterCommand()))
            .run(args));
  }
}
