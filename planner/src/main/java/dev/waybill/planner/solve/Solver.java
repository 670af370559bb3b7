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
   * Solves {@code problem}. The same problem, gap and seed give the same answer, as long as neither
   * the time limit nor a cancellation cuts the search short.
   */
  Solution solve(Problem problem, SolveLimits limits, SolveMonitor monitor);
}
