package dev.waybill.planner.cli;

import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;

/** The option {@code --solver} of the commands that solve. */
final class SolverOption {
  private SolverOption() {}

  static Solver of(Arguments arguments) throws CommandFailure {
    try {
      return Solvers.named(arguments.text("solver").orElse("auto"));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--solver: " + e.getMessage(), e);
    }
  }
}
