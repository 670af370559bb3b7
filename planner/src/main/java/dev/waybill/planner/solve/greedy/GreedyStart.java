package dev.waybill.planner.solve.greedy;

import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import java.time.Duration;

/** The greedy solver's schedule as what another solver of the planner starts from. */
public final class GreedyStart {
  private static final double NANOS = 1e9;
  private static final double MOST_SECONDS = 1e9;

  private GreedyStart() {}

  /**
   * Offers it, where there is one.
   *
   * @param share of the time that is left that it may take, 0 to 1
   */
  public static void offer(
      Task task,
      SolveLimits limits,
      Stop stop,
      double share,
      SolveMonitor monitor,
      Incumbent incumbent) {
    double seconds = share * Math.min(MOST_SECONDS, stop.leftSeconds());
    long nanos = Math.max(1, (long) (seconds * NANOS));
    SolveLimits part = new SolveLimits(Duration.ofNanos(nanos), limits.gap(), limits.seed());
    Solution solution =
        new GreedySolver(GreedyConfig.standard()).solve(task, part, monitor.quietly());
    if (solution instanceof Solution.Planned planned) {
      incumbent.offer(planned.schedule().copies());
    }
  }
}
