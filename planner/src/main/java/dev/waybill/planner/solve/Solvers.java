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

  /**
   * From the end of one copy to the first block of the next, on hosts with little processor time to
   * spare.
   */
  private static final double HAND_OVER_SECONDS = 0.2;

  private Solvers() {}

  /**
   * The solver that the command line calls {@code name}.
   *
   * @throws IllegalArgumentException where there is none, with a message for people
   */
  public static Solver named(String name) {
    return greedy(name, GreedyConfig.standard());
  }

  /**
   * As {@link #named}, for schedules that hosts are to carry out: each copy costs its receiver a
   * request to a peer, so that few long copies are worth some makespan.
   */
  public static Solver forHosts(String name) {
    return greedy(name, GreedyConfig.standard().withHandOver(HAND_OVER_SECONDS));
  }

  private static Solver greedy(String name, GreedyConfig config) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "there is no solver '" + name + "'; there are " + String.join(", ", names()));
    }
    return new CheckedSolver(new GreedySolver(config));
  }

  public static Set<String> names() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(AUTO, GREEDY)));
  }
}
