package dev.waybill.planner.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.Topology;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of a terabyte and more: as much work to plan as small ones. */
final class LargeFileTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Large, so that solvers stop early. */
  private static final double GAP = 0.25;

  /** The blocks that {@code publish} makes, and those of 1 MiB. */
  @ParameterizedTest(name = "{0}, {1} blocks of {2} bytes")
  @CsvSource({
    "auto, 59605, 16777216",
    "auto, 953675, 1048576",
    "greedy, 59605, 16777216",
    "flow, 59605, 16777216",
  })
  void aTerabyteIsPlannedValidlyAndNearTheBound(String solver, int blocks, long blockSize) {
    Problem problem = Topology.uploadTight(8, 2, 1).spread(blocks, blockSize);
    Solution solution =
        Solvers.named(solver).solve(problem, SolveLimits.forHosts(LIMIT, GAP), SolveMonitor.NONE);
    assertThat(solution).isInstanceOf(Solution.Planned.class);
    Schedule schedule = ((Solution.Planned) solution).schedule();
    assertThat(ScheduleChecker.check(problem, schedule).violations()).isEmpty();
    assertThat(schedule.ratio()).isBetween(1.0, 1 + GAP);
  }
}
