package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Stop;
import java.util.List;
import java.util.Locale;

/**
 * The CP-SAT solver's proofs about every schedule, whenever and however fast its copies run: as
 * long as {@link SpanModel} has no solution, the lower bound rises by a step.
 */
final class SpanProof {
  private static final double ROUNDING = 1e-9;

  private final IndexedProblem problem;
  private final List<Item> items;
  private final double stepSeconds;
  private final Engine engine;
  private final Incumbent incumbent;
  private final Stop stop;
  private int steps;
  private boolean failed;

  /**
   * @param stepSeconds the length of a step; any is right, some prove more than others
   */
  SpanProof(
      IndexedProblem problem,
      List<Item> items,
      double stepSeconds,
      Engine engine,
      Incumbent incumbent,
      Stop stop) {
    this.problem = problem;
    this.items = items;
    this.stepSeconds = stepSeconds;
    this.engine = engine;
    this.incumbent = incumbent;
    this.stop = stop;
    steps = (int) Math.floor(incumbent.bound().seconds() / stepSeconds * (1 + ROUNDING));
  }

  /** Whether there is nothing to prove any more, or nothing that can be proven in this way. */
  boolean exhausted() {
    return failed || (steps + 1) * stepSeconds > incumbent.makespan() * (1 + ROUNDING);
  }

  /** Goes on for as long as each step takes no more than so much effort. */
  void pass(double effort) {
    while (!exhausted()) {
      SpanModel model = new SpanModel(problem, items, stepSeconds, steps, stop);
      Engine.Answer answer = engine.solve(model.model, effort, 1);
      if (!(answer instanceof Engine.Impossible)) {
        failed = answer instanceof Engine.Found;
        return;
      }
      steps++;
      raise();
    }
  }

  private void raise() {
    double seconds = steps * stepSeconds;
    Bound bound = incumbent.bound();
    if (seconds > bound.seconds()) {
      String because =
          String.format(
              Locale.ROOT,
              "CP-SAT proves that no schedule takes less than %d times %.6g s",
              steps,
              stepSeconds);
      incumbent.prove(
          new Bound(
              seconds,
              Math.max(bound.score(), problem.problem.objective().score(seconds, 0, 0, 0)),
              because,
              bound.bottlenecks()));
    }
  }
}
