package dev.waybill.planner.solve.greedy;

import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;

/** When the greedy solver has to stop: its time is over, or its answer is no longer wanted. */
final class Stop {
  private final long deadlineNanos;
  private final SolveMonitor monitor;

  Stop(SolveLimits limits, SolveMonitor monitor) {
    long most = Long.MAX_VALUE / 4;
    long nanos =
        limits.timeLimit().toSeconds() > most / 1_000_000_000L
            ? most
            : limits.timeLimit().toNanos();
    this.deadlineNanos = System.nanoTime() + Math.min(most, nanos);
    this.monitor = monitor;
  }

  boolean now() {
    return monitor.cancelled() || System.nanoTime() - deadlineNanos > 0;
  }

  boolean cancelled() {
    return monitor.cancelled();
  }
}
