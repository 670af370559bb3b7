package dev.waybill.planner.solve.greedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.Topology;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GreedySolverTest {
  static Stream<Arguments> testBed() {
    return Stream.of(
        Arguments.of("T1", Topology.t1(), 1.05, 20),
        Arguments.of("T2p", Topology.t2p(), 1.08, 60),
        Arguments.of("T3", Topology.t3(), 1.10, 4000),
        Arguments.of("upload-tight 32", Topology.uploadTight(32, 4, 1), 1.10, 10000),
        Arguments.of("WAN-tight 32", Topology.wanTight(32, 4, 1), 1.10, 10000));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("testBed")
  void comesCloseToTheBound(String name, Topology topology, double mostRatio, int mostCopies) {
    Solution.Planned planned = solve(topology.spread(512, 262_144));
    assertThat(planned.schedule().ratio()).isBetween(1.0, mostRatio);
    assertThat(planned.schedule().copies()).hasSizeLessThan(mostCopies);
  }

  @Test
  void plansAThousandHostsAndAThousandBlocks() {
    Solution.Planned planned = solve(Topology.uploadTight(1000, 20, 1).spread(1000, 1 << 20));
    System.out.printf(
        "1,000 hosts, 20 sites, 1,000 blocks: %.1f s, ratio %.3f, %d copies%n",
        planned.schedule().solveSeconds(),
        planned.schedule().ratio(),
        planned.schedule().copies().size());
    assertThat(planned.schedule().ratio()).isBetween(1.0, 1.25);
  }

  @Test
  void aTerabyteInAMillionBlocksIsNoMoreWorkThanAMegabyte() {
    Solution.Planned planned =
        (Solution.Planned)
            Solvers.named("greedy")
                .solve(
                    Topology.equal(4).spread(1_000_000, 1 << 20),
                    SolveLimits.forHosts(Duration.ofMinutes(1), 0),
                    SolveMonitor.NONE);
    assertThat(planned.schedule().ratio()).isBetween(1.0, 1.001);
    assertThat(planned.schedule().copies()).hasSizeLessThan(20);
  }

  private static Solution.Planned solve(Problem problem) {
    return (Solution.Planned)
        Solvers.named("greedy").solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
  }
}
