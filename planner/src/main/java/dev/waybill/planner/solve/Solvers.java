package dev.waybill.planner.solve;

import dev.waybill.planner.solve.greedy.GreedyConfig;
import dev.waybill.planner.solve.greedy.GreedySolver;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The planner's solvers by name. Whatever they plan has passed the checker. */
public final class Solvers {
  private static final String GREEDY = "greedy";

  /** The choice that is left to the planner; greedy, as long as there is no other. */
  private static final String AUTO = "auto";

  private Solvers() {}

  /**
   * The solver that the command line calls {@code name}.
   *
   * @throws IllegalArgumentException where there is none, with a message for people
   */
  public static Solver named(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "there is no solver '" + name + "'; there are " + String.join(", ", names()));
    }
    return new CheckedSolver(new GreedySolver(GreedyConfig.standard()));
  }

  public static Set<String> names() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(AUTO, GREEDY)));
  }
}
