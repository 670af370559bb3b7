package dev.waybill.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.RandomProblem;
import dev.waybill.planner.Topology;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is proven, against schedules that exist and against small changes. */
class BoundValidityTest {
  static LongStream seeds() {
    return LongStream.range(5000, 5080);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noScheduleIsBelowAnyBound(long seed) {
    Problem problem = RandomProblem.of(seed);
    SolveLimits limits = new SolveLimits(Duration.ofSeconds(20), 0.2, seed);
    Solution solution = Solvers.named("greedy").solve(problem, limits, SolveMonitor.NONE);
    assumeThat(solution).isInstanceOf(Solution.Planned.class);
    List<Copy> copies = ((Solution.Planned) solution).schedule().copies();
    for (Objective objective :
        List.of(
            Objective.MAKESPAN,
            new Objective(0, 1, 0, 0),
            new Objective(0, 0, 1, 0),
            new Objective(0, 0, 0, 1),
            new Objective(1, 2, 3, 4))) {
      Problem scored = with(problem, objective, problem.demands());
      assertThat(ScheduleChecker.figures(scored, copies).score())
          .as("%s", objective)
          .isGreaterThanOrEqualTo(LowerBound.of(scored).score() * (1 - 1e-9));
    }
    IndexedProblem indexed = new IndexedProblem(problem);
    Completions completions =
        new Completions(indexed, new FreeCapacity(indexed), BlockClass.of(indexed));
    for (int d = 0; d < problem.demands().size(); d++) {
      Problem alone = with(problem, new Objective(0, 1, 0, 0), weighing(problem.demands(), d));
      assertThat(ScheduleChecker.figures(alone, copies).score())
          .as("demand %d: %s", d, completions.because(d))
          .isGreaterThanOrEqualTo(completions.seconds()[d] * (1 - 1e-9));
    }
  }

  private static List<Demand> weighing(List<Demand> demands, int one) {
    return IntStream.range(0, demands.size())
        .mapToObj(
            i -> new Demand(demands.get(i).host(), demands.get(i).file(), i == one ? 1 : 0, null))
        .toList();
  }

  static Stream<Problem> problems() {
    return Stream.concat(
        Stream.of(
            Topology.t1().spread(64, 1 << 20),
            Topology.t2p().spread(64, 1 << 20),
            Topology.t3().spread(64, 1 << 20),
            Topology.uploadTight(60, 5, 2).spread(20, 1 << 20),
            Topology.wanTight(60, 5, 3).spread(200, 1 << 20)),
        LongStream.range(0, 60).mapToObj(RandomProblem::of));
  }

  /** Every bound is convex in each capacity, so its price is a subgradient. */
  @ParameterizedTest(name = "{index}")
  @MethodSource("problems")
  void moreCapacityNeverBuysMoreThanThePriceSays(Problem problem) {
    Bound bound = LowerBound.of(problem);
    for (Bottleneck b : bound.bottlenecks().stream().limit(5).toList()) {
      double more = 1e-3 * capacity(problem, b.resource());
      double saved =
          bound.seconds() - LowerBound.of(widened(problem, b.resource(), more)).seconds();
      assertThat(saved)
          .as("%s: %s", b, bound.because())
          .isLessThanOrEqualTo(b.secondsPerUnit() * more * (1 + 1e-3) + 1e-5 * bound.seconds());
    }
  }

  static Stream<Problem> withoutTies() {
    return Stream.of(
        Topology.t3().spread(64, 1 << 20),
        Topology.equal(9).spread(7, 1 << 20),
        Topology.uploadTight(60, 5, 2).spread(400, 1 << 20),
        Topology.uploadTight(40, 4, 7).spread(400, 1 << 20));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("withoutTies")
  void moreCapacityBuysWhatThePricesSayWhereOneCutBinds(Problem problem) {
    Bound bound = LowerBound.of(problem);
    assertThat(bound.bottlenecks()).isNotEmpty();
    Problem wider = problem;
    double promised = 0;
    for (Bottleneck b : bound.bottlenecks()) {
      double more = 0.01 * capacity(problem, b.resource());
      promised += b.secondsPerUnit() * more;
      wider = widened(wider, b.resource(), more);
    }
    assertThat(bound.seconds() - LowerBound.of(wider).seconds())
        .isBetween(0.9 * promised, 1.02 * promised);
  }

  private static double capacity(Problem problem, String resource) {
    return problem.network().resources().get(resource).capacity().bytesPerSecond();
  }

  private static Problem widened(Problem problem, String resource, double more) {
    List<Resource> resources = new ArrayList<>();
    for (Resource r : problem.network().resources().values()) {
      double capacity = r.capacity().bytesPerSecond();
      resources.add(
          r.id().equals(resource)
              ? new Resource(r.id(), new DataRate(capacity + more), r.costPerByte())
              : r);
    }
    return new Problem(
        problem.name(),
        "",
        new Network(
            resources,
            List.copyOf(problem.network().paths()),
            List.copyOf(problem.network().hosts().values())),
        List.copyOf(problem.files().values()),
        problem.holdings(),
        problem.generations(),
        problem.inProgress(),
        problem.demands(),
        problem.objective());
  }

  private static Problem with(Problem problem, Objective objective, List<Demand> demands) {
    return new Problem(
        problem.name(),
        "",
        problem.network(),
        List.copyOf(problem.files().values()),
        problem.holdings(),
        problem.generations(),
        problem.inProgress(),
        demands,
        objective);
  }
}
