package dev.waybill.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.TinyRounds;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bound against the fewest rounds that an exhaustive search finds. */
class LowerBoundOracleTest {
  static LongStream seeds() {
    return LongStream.range(0, 120);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isNeverAboveTheFewestRounds(long seed) {
    TinyRounds tiny = TinyRounds.of(seed);
    int rounds = tiny.fewestRounds();
    Problem problem = tiny.problem();
    assertThat(LowerBound.of(problem).seconds()).isLessThanOrEqualTo(rounds + 1e-9);
    Solution.Planned planned =
        (Solution.Planned)
            Solvers.named("greedy").solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
    assertThat(planned.schedule().makespan()).isLessThanOrEqualTo(2 * rounds + 1e-6);
  }
}
