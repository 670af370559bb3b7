package dev.waybill.planner.solve.cpsat;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import dev.waybill.planner.lp.EngineRun;
import dev.waybill.planner.lp.OrTools;
import dev.waybill.planner.solve.Stop;
import java.util.function.Predicate;

/** Runs CP-SAT on the models of one run of the CP-SAT solver, within its limits. */
final class Engine {
  private final CpSatConfig config;
  private final long seed;
  private final Stop stop;

  Engine(CpSatConfig config, long seed, Stop stop) {
    this.config = config;
    this.seed = seed;
    this.stop = stop;
  }

  /** Loads what models and engine need; returns whether that is done in time. */
  boolean load() {
    Boolean loaded =
        EngineRun.of(
            () -> {
              OrTools.load();
              return true;
            },
            () -> {},
            stop::now);
    return loaded != null;
  }

  /** What came of a model. */
  sealed interface Answer {}

  /** A solution; the best one found where there is an objective. */
  record Found(Predicate<BoolVar> chosen) implements Answer {}

  /** There is none. */
  record Impossible() implements Answer {}

  /** The effort or the time was not enough. */
  record Unknown() implements Answer {}

  /**
   * Solves {@code model}.
   *
   * @param effort in the engine's deterministic units
   * @param share of the time that is left, at most 1
   */
  Answer solve(CpModel model, double effort, double share) {
    double seconds = share * stop.leftSeconds();
    if (stop.now() || seconds <= 0) {
      return new Unknown();
    }
    CpSolver solver = new CpSolver();
    solver
        .getParameters()
        .setNumWorkers(config.threads())
        .setRandomSeed((int) (seed ^ seed >>> Integer.SIZE))
        .setMaxDeterministicTime(effort)
        .setMaxTimeInSeconds(seconds);
    CpSolverStatus status = EngineRun.of(() -> solver.solve(model), solver::stopSearch, stop::now);
    return status == null ? new Unknown() : answer(solver, status);
  }

  private static Answer answer(CpSolver solver, CpSolverStatus status) {
    return switch (status) {
      case OPTIMAL, FEASIBLE -> new Found(solver::booleanValue);
      case INFEASIBLE -> new Impossible();
      case UNKNOWN -> new Unknown();
      case MODEL_INVALID, UNRECOGNIZED ->
          throw new IllegalStateException("CP-SAT calls its model " + status);
    };
  }
}
