package dev.waybill.planner.solve;

import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Figures;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best schedule that one run of a solver of the planner has found so far, and when the run may
 * end. For one thread.
 *
 * <p>Better is what has the lower {@link SolveLimits#value}, or the same and a smaller makespan.
 */
public final class Incumbent {
  /** By what share two values may differ through rounding alone. */
  private static final double SAME = 1e-12;

  private final String solver;
  private final IndexedProblem problem;
  private Bound bound;
  private final SolveLimits limits;
  private final SolveMonitor monitor;
  private final Stop stop;
  private @Nullable Schedule best;
  private double bestValue = Double.POSITIVE_INFINITY;
  private double searchedBefore;

  /**
   * @param solver what its schedules name as their solver
   */
  public Incumbent(
      String solver,
      IndexedProblem problem,
      Bound bound,
      SolveLimits limits,
      SolveMonitor monitor,
      Stop stop) {
    this.solver = solver;
    this.problem = problem;
    this.bound = bound;
    this.limits = limits;
    this.monitor = monitor;
    this.stop = stop;
  }

  /** Keeps {@code copies} where they are better than what there is; returns whether they are. */
  public boolean offer(List<Copy> copies) {
    Figures figures = ScheduleChecker.figures(problem.problem, copies);
    Schedule schedule =
        new Schedule(
            problem.problem.name(),
            solver,
            figures.makespan(),
            bound.seconds(),
            figures.cost(),
            figures.score(),
            stop.elapsedSeconds(),
            copies);
    double value = limits.value(problem.problem, schedule);
    boolean same = Math.abs(value - bestValue) <= SAME * bestValue;
    if (same ? figures.makespan() >= makespan() : value >= bestValue) {
      return false;
    }
    bestValue = value;
    best = schedule;
    monitor.found(schedule);
    return true;
  }

  /** Infinite as long as there is none. */
  public double score() {
    return best == null ? Double.POSITIVE_INFINITY : best.score();
  }

  /** Of the best, in seconds; infinite as long as there is none. */
  public double makespan() {
    return best == null ? Double.POSITIVE_INFINITY : best.makespan();
  }

  /** What is proven now. */
  public Bound bound() {
    return bound;
  }

  /** Replaces what is proven, by what says no less. */
  public void prove(Bound more) {
    if (more.seconds() < bound.seconds() || more.score() < bound.score()) {
      throw new IllegalArgumentException("less is proven than before: " + more);
    }
    bound = more;
  }

  /** Earlier runs have spent so many seconds on finding what this one begins with. */
  public void searchedBefore(double seconds) {
    searchedBefore = seconds;
  }

  public boolean isEmpty() {
    return best == null;
  }

  /** Whether the best is within the gap that was asked for, or the run has to stop. */
  public boolean done() {
    double searched = searchedBefore + stop.elapsedSeconds();
    boolean met = best != null && limits.isMet(problem.problem, best, bound.score(), searched);
    return met || stop.now();
  }

  /**
   * What the run ends with.
   *
   * @param ifNone why it has found nothing, where it has not simply been stopped
   */
  public Solution solution(String ifNone) {
    if (best == null) {
      return new Solution.GaveUp(
          stop.cancelled()
              ? "cancelled before a schedule was found"
              : stop.now()
                  ? "no schedule found within " + limits.timeLimit().toMillis() / 1e3 + " s"
                  : ifNone);
    }
    return Solution.Planned.of(best, bound, stop.elapsedSeconds());
  }
}
