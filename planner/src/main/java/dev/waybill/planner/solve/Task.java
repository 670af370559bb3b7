package dev.waybill.planner.solve;

import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.KnownTrees;
import org.jspecify.annotations.Nullable;

/**
 * A problem as it is given to the planner's solvers, with what each of them asks of it first:
 * worked out once, by the first that asks. Thread-safe.
 */
public final class Task {
  private final Problem problem;
  private final @Nullable KnownTrees knownTrees;
  private final boolean rehearsal;
  private double searchedBefore;
  private @Nullable IndexedProblem indexed;
  private boolean searched;
  private Solution.@Nullable Infeasible obstacle;
  private @Nullable Bound bound;

  public Task(Problem problem) {
    this(problem, null, false);
  }

  private Task(Problem problem, @Nullable KnownTrees knownTrees, boolean rehearsal) {
    this.problem = problem;
    this.knownTrees = knownTrees;
    this.rehearsal = rehearsal;
  }

  /** A problem for which solvers begin with what earlier runs have learnt, and add to that. */
  public static Task goingOn(Problem problem, KnownTrees knownTrees) {
    return new Task(problem, knownTrees, false);
  }

  /** The same where nobody waits for the answer, so that more can be learnt. */
  public static Task rehearsal(Problem problem, KnownTrees knownTrees) {
    return new Task(problem, knownTrees, true);
  }

  /** What earlier runs have learnt, and this one adds to; null where each run is for itself. */
  public @Nullable KnownTrees knownTrees() {
    return knownTrees;
  }

  /** Seconds of search by earlier runs that count as this one's. */
  public synchronized double searchedBefore() {
    return searchedBefore;
  }

  /** A solver has begun with what earlier runs have found in so many seconds. */
  public synchronized void searchedBefore(double seconds) {
    searchedBefore = rehearsal ? 0 : seconds;
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
