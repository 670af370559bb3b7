package dev.waybill.planner.solve;

import dev.waybill.model.schedule.Problem;

/**
 * An engine of the planner that turns a problem into a schedule. Callable from any thread; no state
 * is shared between calls.
 */
public interface Solver {
  /** What the command line and the schedule call it. */
  String name();

  /**
   * Solves a problem. The same problem, gap and seed give the same answer, as long as neither the
   * time limit nor a cancellation cuts the search short.
   */
  Solution solve(Task task, SolveLimits limits, SolveMonitor monitor);

  /** Solves a problem of which nothing has been worked out yet. */
  default Solution solve(Problem problem, SolveLimits limits, SolveMonitor monitor) {
    return solve(new Task(problem), limits, monitor);
  }
}
