package dev.waybill.planner.solve;

import dev.waybill.planner.solve.flow.FlowConfig;
import dev.waybill.planner.solve.flow.FlowSolver;
import dev.waybill.planner.solve.greedy.GreedyConfig;
import dev.waybill.planner.solve.greedy.GreedySolver;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The planner's solvers by name. Whatever they plan has passed the checker. */
public final class Solvers {
  private static final Map<String, Supplier<Solver>> BY_NAME = byName();

  private Solvers() {}

  private static Map<String, Supplier<Solver>> byName() {
    Map<String, Supplier<Solver>> all = new LinkedHashMap<>();
    // The choice that is left to the planner; greedy, for now.
    all.put("auto", () -> new GreedySolver(GreedyConfig.standard()));
    all.put("greedy", () -> new GreedySolver(GreedyConfig.standard()));
    all.put("flow", () -> new FlowSolver(FlowConfig.standard()));
    return Collections.unmodifiableMap(all);
  }

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
    return new CheckedSolver(Objects.requireNonNull(BY_NAME.get(name)).get());
  }

  public static Set<String> names() {
    return BY_NAME.keySet();
  }
}
