package dev.waybill.planner.solve;

import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import org.jspecify.annotations.Nullable;

/**
 * A problem as it is given to the planner's solvers, with what each of them asks of it first:
 * worked out once, by the first that asks. Thread-safe.
 */
public final class Task {
  private final Problem problem;
  private @Nullable IndexedProblem indexed;
  private boolean searched;
  private Solution.@Nullable Infeasible obstacle;
  private @Nullable Bound bound;

  public Task(Problem problem) {
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  public synchronized IndexedProblem indexed() {
    IndexedProblem known = indexed;
    if (known == null) {
      known = new IndexedProblem(problem);
      indexed = known;
    }
    return known;
  }

  /** What makes the problem infeasible, or null where nothing is found that does. */
  public synchronized Solution.@Nullable Infeasible obstacle() {
    if (!searched) {
      obstacle = Reachability.obstacle(indexed());
      searched = true;
    }
    return obstacle;
  }

  /** What is proven of every schedule of it. */
  public synchronized Bound bound() {
    Bound known = bound;
    if (known == null) {
      known = LowerBound.of(indexed());
      bound = known;
    }
    return known;
  }
}
