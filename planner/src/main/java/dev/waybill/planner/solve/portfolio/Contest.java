package dev.waybill.planner.solve.portfolio;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of the planner's portfolio: what its solvers have found, who runs, and whether it is
 * over. Thread-safe.
 */
final class Contest {
  private final Task task;
  private final Problem problem;
  private final SolveLimits limits;
  private final SolveMonitor monitor;
  private final Stop stop;
  private final Set<String> running = new LinkedHashSet<>();
  private final List<String> failures = new ArrayList<>();
  private Bound bound;
  private @Nullable Schedule best;

  /** The best that a solver has told of, which nobody has checked yet. */
  private @Nullable Schedule told;

  private @Nullable Solution other;
  private boolean closed;

  Contest(Task task, SolveLimits limits, SolveMonitor monitor, Stop stop) {
    this.task = task;
    this.problem = task.problem();
    this.bound = task.bound();
    this.limits = limits;
    this.monitor = monitor;
    this.stop = stop;
  }

  /** Whether nobody needs to go on: time is up, or the best is good enough. */
  synchronized boolean over() {
    return closed || stop.now() || isWon();
  }

  /** Whether a solver has come back with what is good enough. */
  synchronized boolean isWon() {
    double searched = task.searchedBefore() + stop.elapsedSeconds();
    return best != null && limits.isMet(problem, best, bound.score(), searched);
  }

  /** Runs a solver to its end and takes in what it comes back with. */
  void enter(Solver solver) {
    synchronized (this) {
      running.add(solver.name());
    }
    Solution solution;
    try {
      Duration left = Duration.ofNanos(Math.max(1, (long) (stop.leftSeconds() * 1e9)));
      solution =
          solver.solve(
              task,
              new SolveLimits(left, limits.gap(), limits.seed(), limits.handOverSeconds()),
              new Watch());
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      solution = new Solution.Defective("solver " + solver.name() + " failed: " + e);
    }
    take(solver.name(), solution);
  }

  private synchronized void take(String name, Solution solution) {
    if (closed) {
      return;
    }
    running.remove(name);
    if (solution instanceof Solution.Planned planned) {
      if (planned.bound().score() > bound.score()) {
        bound = planned.bound();
      }
      if (isBetter(planned.schedule(), best)) {
        best = planned.schedule();
      }
    } else if (solution instanceof Solution.Defective defective) {
      fail(defective.reason());
    } else if (other == null || solution instanceof Solution.Infeasible) {
      other = solution;
    }
  }

  private void fail(String reason) {
    failures.add(reason);
    monitor.note(reason + "; passed over");
  }

  private boolean isBetter(Schedule schedule, @Nullable Schedule than) {
    return than == null || limits.value(problem, schedule) < limits.value(problem, than);
  }

  /** Those that still run are too late; what they have told of counts if it passes the checker. */
  synchronized void passOver() {
    for (String name : running) {
      fail("solver " + name + " did not stop in time");
    }
    if (told != null && isBetter(told, best) && ScheduleChecker.check(problem, told).valid()) {
      best = told;
    }
    closed = true;
  }

  synchronized Solution result() {
    closed = true;
    if (best != null) {
      return Solution.Planned.of(best, bound, stop.elapsedSeconds());
    }
    boolean tooLate = other instanceof Solution.GaveUp && stop.now();
    if (other != null && !tooLate) {
      return other;
    }
    return failures.isEmpty()
        ? new Solution.GaveUp(
            stop.cancelled()
                ? "cancelled before a schedule was found"
                : "no schedule found within " + limits.timeLimit().toMillis() / 1e3 + " s")
        : new Solution.Defective(String.join("; ", failures));
  }

  /** What a solver of the contest talks to. */
  private final class Watch implements SolveMonitor {
    @Override
    public boolean cancelled() {
      return over();
    }

    @Override
    public void note(String line) {
      monitor.note(line);
    }

    @Override
    public void found(Schedule schedule) {
      synchronized (Contest.this) {
        if (!closed && isBetter(schedule, told)) {
          told = schedule;
          monitor.found(schedule);
        }
      }
    }
  }
}
