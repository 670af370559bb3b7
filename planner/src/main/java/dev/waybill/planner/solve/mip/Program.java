package dev.waybill.planner.solve.mip;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import dev.waybill.planner.lp.EngineRun;
import dev.waybill.planner.lp.OrTools;
import dev.waybill.planner.solve.Stop;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear or integer program of the MIP solver, which minimises, in the memory of an OR-Tools
 * engine. Rows and columns can be added between solutions.
 */
final class Program {
  private final MPSolver solver;
  private final Stop stop;
  private final List<MPVariable> columns = new ArrayList<>();
  private final List<MPConstraint> rows = new ArrayList<>();

  /** The relative gap at which an integer solution counts as the best. */
  static final double NO_GAP = 1e-9;

  /** How a solution went. */
  enum Outcome {
    /** The best there is, within the engine's tolerances. */
    OPTIMAL,
    /** A solution, perhaps not the best. */
    FEASIBLE,
    INFEASIBLE,
    /** The time was not enough, or the engine failed. */
    UNKNOWN
  }

  /**
   * @param engine as OR-Tools calls it; the natives have to be loaded
   */
  Program(String engine, Stop stop) {
    this.stop = stop;
    MPSolver created = MPSolver.createSolver(engine);
    if (created == null) {
      throw new IllegalStateException("this OR-Tools has no " + engine);
    }
    solver = created;
    solver.objective().setMinimization();
  }

  /** Loads what engines need; returns whether that is done in time. */
  static boolean load(Stop stop) {
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

  /** Adds a column that is not negative, and returns its index. */
  int column(double cost, double most, boolean whole) {
    MPVariable v = solver.makeVar(0, most, whole, "");
    solver.objective().setCoefficient(v, cost);
    columns.add(v);
    return columns.size() - 1;
  }

  void cost(int column, double cost) {
    solver.objective().setCoefficient(columns.get(column), cost);
  }

  /** Adds a row without columns, and returns its index. */
  int row(double least, double most) {
    rows.add(solver.makeConstraint(least, most));
    return rows.size() - 1;
  }

  void set(int row, int column, double coefficient) {
    rows.get(row).setCoefficient(columns.get(column), coefficient);
  }

  /**
   * Solves it within a share of the time that is left.
   *
   * @param share at most 1
   * @param gap relative distance from the best at which an integer program is solved
   */
  Outcome solve(double share, double gap) {
    double seconds = share * stop.leftSeconds();
    if (stop.now() || seconds <= 0) {
      return Outcome.UNKNOWN;
    }
    solver.setTimeLimit((long) Math.max(1, Math.min(1e9, seconds * 1e3)));
    MPSolverParameters parameters = new MPSolverParameters();
    parameters.setDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, gap);
    MPSolver.ResultStatus status =
        solver.isMip()
            ? EngineRun.of(() -> solver.solve(parameters), solver::interruptSolve, stop::now)
            : solver.solve(parameters);
    if (status == null) {
      return Outcome.UNKNOWN;
    }
    return switch (status) {
      case OPTIMAL -> Outcome.OPTIMAL;
      case FEASIBLE -> Outcome.FEASIBLE;
      case INFEASIBLE -> Outcome.INFEASIBLE;
      default -> Outcome.UNKNOWN;
    };
  }

  double value(int column) {
    return columns.get(column).solutionValue();
  }

  double objective() {
    return solver.objective().value();
  }

  /** Of an integer program: no solution is better. */
  double bestBound() {
    return solver.objective().bestBound();
  }

  /** Of a linear program: what a unit more on the right of a row would add to the objective. */
  double dual(int row) {
    return rows.get(row).dualValue();
  }

  void close() {
    solver.delete();
  }
}
