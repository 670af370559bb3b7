package dev.waybill.planner.solve.mip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.Topology;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.mip.DualAscent.Ascent;
import dev.waybill.planner.solve.mip.SteinerTrees.Cheapest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MipSolverTest {
  private static final SolveLimits LIMITS = new SolveLimits(Duration.ofMinutes(2), 0, 1);
  private static final Objective COST = new Objective(0, 0, 1, 0);

  /** For what takes its time. */
  private static final SolveLimits BRIEF = new SolveLimits(Duration.ofSeconds(4), 0, 1);

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  static LongStream fewSeeds() {
    return LongStream.range(0, 6);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void findsTheLeastCostThroughRelaysAndProvesIt(long seed) {
    PricedNetwork network = new PricedNetwork(seed);
    Solution.Planned planned = planned(network.problem(COST));
    assertThat(planned.schedule().cost()).isCloseTo(network.leastCost(), within(1e-6));
    assertThat(planned.bound().score()).isCloseTo(network.leastCost(), within(1e-5));
  }

  /** Directed cuts alone, over all arcs: what dual ascent leaves open goes this way. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void cutsFindTheCheapestTreeAndDualAscentBoundsIt(long seed) {
    PricedNetwork network = new PricedNetwork(seed);
    IndexedProblem problem = new IndexedProblem(network.problem(COST));
    Terrain terrain = TreeSearch.terrains(problem).get(0);
    double[] price = terrain.arcs().stream().mapToDouble(Terrain.Arc::costPerByte).toArray();
    Stop stop = new Stop(LIMITS, SolveMonitor.NONE);
    assertThat(Program.load(stop)).isTrue();
    List<Integer> all = IntStream.range(0, price.length).boxed().toList();
    Cheapest cheapest =
        Objects.requireNonNull(
            new CutProgram(problem.hosts(), terrain, all, price, List.of(), "SCIP", stop).solve());
    double least = network.leastCost() / terrain.blocks().bytes();
    assertThat(cheapest.leastPrice()).isCloseTo(least, within(1e-9));
    assertThat(cheapest.arcs().stream().mapToDouble(Terrain.Arc::costPerByte).sum())
        .isCloseTo(least, within(1e-9));
    Ascent ascent = new DualAscent(problem.hosts(), terrain).ascend(price);
    assertThat(ascent.bound()).isLessThanOrEqualTo(least + 1e-12);
    assertThat(ascent.price()).isGreaterThanOrEqualTo(least - 1e-12);
  }

  @ParameterizedTest(name = "{0} at {1} $")
  @CsvSource({"intra-aws, 57.00", "intra-gcp, 141.00", "inter-agz, 160.50"})
  void sendsTheConfigurationsOfCloudcastAtTheLeastCost(String name, double dollars)
      throws Exception {
    Path file =
        Path.of(System.getProperty("waybill.home"), "instances", "cloudcast-" + name + ".json.gz");
    SolveLimits limits = new SolveLimits(Duration.ofSeconds(15), 1e-6, 1);
    Solution.Planned planned = planned(InstanceFormat.read(file), limits);
    assertThat(planned.schedule().cost()).isCloseTo(dollars, within(1e-6));
    assertThat(planned.bound().score()).isCloseTo(dollars, within(1e-4));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void staysAboveWhatItProvesOfMixtures(long seed) {
    Solution.Planned planned =
        planned(new PricedNetwork(seed).problem(new Objective(1, 0, 1, 0)), BRIEF);
    assertThat(planned.bound().score()).isGreaterThan(0);
    assertThat(planned.schedule().score())
        .isGreaterThanOrEqualTo(planned.bound().score() * (1 - 1e-9));
  }

  @Test
  void packsTreesThatFillTheLinksBetweenSites() {
    Solution.Planned planned = planned(Topology.t2p().spread(256, 1 << 20), BRIEF);
    assertThat(planned.schedule().ratio()).isLessThan(1.05);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void theFrontierFallsInCostAsItRisesInTime(long seed) {
    PricedNetwork network = new PricedNetwork(seed);
    Frontier.Points frontier =
        (Frontier.Points)
            Frontier.of(network.problem(Objective.MAKESPAN), 4, BRIEF, SolveMonitor.NONE);
    List<Frontier.Point> points = frontier.points();
    for (int i = 0; i < points.size(); i++) {
      Frontier.Point point = points.get(i);
      assertThat(point.schedule().makespan())
          .isGreaterThanOrEqualTo(frontier.bound().seconds() * (1 - 1e-9));
      assertThat(point.schedule().cost()).isGreaterThanOrEqualTo(point.leastCost() * (1 - 1e-9));
      if (i > 0) {
        assertThat(point.schedule().makespan())
            .isGreaterThan(points.get(i - 1).schedule().makespan());
        assertThat(point.schedule().cost()).isLessThan(points.get(i - 1).schedule().cost());
      }
    }
    assertThat(points.get(points.size() - 1).schedule().cost())
        .isCloseTo(network.leastCost(), within(1e-6));
  }

  private static Solution.Planned planned(Problem problem) {
    return planned(problem, LIMITS);
  }

  private static Solution.Planned planned(Problem problem, SolveLimits limits) {
    return (Solution.Planned) Solvers.named("mip").solve(problem, limits, SolveMonitor.NONE);
  }
}
