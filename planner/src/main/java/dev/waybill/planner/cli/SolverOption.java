package dev.waybill.planner.cli;

import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import java.util.function.Function;

/** The option {@code --solver} of the commands that solve. */
final class SolverOption {
  private SolverOption() {}

  /** What {@code --help} says about it. */
  static String description() {
    return "one of " + String.join(", ", Solvers.names()) + "; default auto";
  }

  /**
   * The solver that was asked for.
   *
   * @param named what makes it of its name
   */
  static Solver of(Arguments arguments, Function<String, Solver> named) throws CommandFailure {
    try {
      return named.apply(arguments.text("solver").orElse("auto"));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--solver: " + e.getMessage(), e);
    }
  }
}
