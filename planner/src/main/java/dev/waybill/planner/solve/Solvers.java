package dev.waybill.planner.solve;

import dev.waybill.planner.solve.cpsat.CpSatConfig;
import dev.waybill.planner.solve.cpsat.CpSatSolver;
import dev.waybill.planner.solve.flow.FlowConfig;
import dev.waybill.planner.solve.flow.FlowSolver;
import dev.waybill.planner.solve.greedy.GreedyConfig;
import dev.waybill.planner.solve.greedy.GreedySolver;
import dev.waybill.planner.solve.mip.MipConfig;
import dev.waybill.planner.solve.mip.MipSolver;
import dev.waybill.planner.solve.optaplanner.OptaPlannerConfig;
import dev.waybill.planner.solve.optaplanner.OptaPlannerSolver;
import dev.waybill.planner.solve.parts.PartsConfig;
import dev.waybill.planner.solve.parts.PartsSolver;
import dev.waybill.planner.solve.portfolio.PortfolioConfig;
import dev.waybill.planner.solve.portfolio.PortfolioSolver;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The planner's solvers by name. Whatever they plan has passed the checker. */
public final class Solvers {
  private static final String AUTO = "auto";

  /** Parts of solvers that the portfolio runs side by side; not for the command line. */
  private static final Map<String, Supplier<Solver>> PARTS =
      Map.of(
          "flow.rounds", () -> new FlowSolver(FlowConfig.standard(), FlowSolver.Part.ROUNDS),
          "flow.forests", () -> new FlowSolver(FlowConfig.standard(), FlowSolver.Part.FORESTS),
          "flow.lists", () -> new FlowSolver(FlowConfig.standard(), FlowSolver.Part.LISTS));

  private static final Map<String, Supplier<Solver>> BY_NAME = byName();

  private Solvers() {}

  private static Map<String, Supplier<Solver>> byName() {
    Map<String, Supplier<Solver>> all = new LinkedHashMap<>();
    all.put(AUTO, () -> new PortfolioSolver(PortfolioConfig.standard(), Solvers::checked));
    all.put("greedy", () -> new GreedySolver(GreedyConfig.standard()));
    all.put("flow", () -> new FlowSolver(FlowConfig.standard()));
    all.put("optaplanner", () -> new OptaPlannerSolver(OptaPlannerConfig.standard()));
    all.put("mip", () -> new MipSolver(MipConfig.standard()));
    all.put("cpsat", () -> new CpSatSolver(CpSatConfig.standard()));
    all.put("parts", () -> inParts(PartsConfig.standard()));
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
    return name.equals(AUTO) ? solver(AUTO) : checked(name);
  }

  private static Solver inParts(PartsConfig config) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new PartsSolver(config, solver(config.solver()), threads);
  }

  private static Solver checked(String name) {
    return new CheckedSolver(solver(name));
  }

  private static Solver solver(String name) {
    Supplier<Solver> supplier = PARTS.getOrDefault(name, BY_NAME.get(name));
    return Objects.requireNonNull(supplier, name).get();
  }

  public static Set<String> names() {
    return BY_NAME.keySet();
  }
}
