package dev.waybill.planner.solve;

/** When a solver of the planner has to stop: its time is over, or its answer is not wanted. */
public final class Stop {
  private static final long MOST_NANOS = Long.MAX_VALUE / 4;

  private final long startNanos = System.nanoTime();
  private final long limitNanos;
  private final SolveMonitor monitor;

  public Stop(SolveLimits limits, SolveMonitor monitor) {
    boolean endless = limits.timeLimit().toSeconds() > MOST_NANOS / 1_000_000_000L;
    this.limitNanos = endless ? MOST_NANOS : Math.min(MOST_NANOS, limits.timeLimit().toNanos());
    this.monitor = monitor;
  }

  public boolean now() {
    return monitor.cancelled() || System.nanoTime() - startNanos > limitNanos;
  }

  public boolean cancelled() {
    return monitor.cancelled();
  }

  /** Since the solver began. */
  public double elapsedSeconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** Until it has to stop; not below 0. */
  public double leftSeconds() {
    return Math.max(0, (limitNanos - (System.nanoTime() - startNanos)) / 1e9);
  }
}
