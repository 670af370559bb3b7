package dev.waybill.planner.solve.optaplanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.Topology;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.tree.Tree;
import dev.waybill.planner.solve.tree.TreeGround;
import dev.waybill.planner.solve.tree.TreePacker;
import dev.waybill.planner.solve.tree.TreePlan;
import dev.waybill.planner.solve.tree.TreeShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptaPlannerSolverTest {
  /** Ends soon whatever the machine: by moves, not by time. */
  private static final String BRIEF =
      """
      {"trees": [4, 2, 1], "seeds": 1, "starts": 1, "coldTrees": 3, "mostClasses": 4,
       "mostPlaces": 2000, "movesPerPlace": 20, "leastMoves": 1500, "mostMoves": 20000,
       "idleRounds": 2, "sharpness": [100, 300], "meanLevel": 1.0,
       "mostReceivers": 1000000}
      """;

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of("upload-tight 32, seed 1", Topology.uploadTight(32, 4, 1), 0.93),
        Arguments.of("upload-tight 32, seed 7", Topology.uploadTight(32, 4, 7), 0.93),
        Arguments.of("upload-tight 200, seed 1", Topology.uploadTight(200, 10, 1), 0.93),
        Arguments.of("WAN-tight 32, seed 3", Topology.wanTight(32, 4, 3), 0.999),
        Arguments.of("WAN-tight 200, seed 1", Topology.wanTight(200, 10, 1), 0.99),
        Arguments.of("T3", Topology.t3(), 0.95));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void improvesPackedTrees(String name, Topology topology, double mostOfStart) throws IOException {
    Problem problem = topology.spread(500, 1 << 20);
    IndexedProblem indexed = new IndexedProblem(problem);
    TreeGround ground = TreeGround.atOnce(indexed);
    Bound bound = LowerBound.of(indexed);
    SolveLimits limits = SolveLimits.standard();
    Stop stop = new Stop(limits, SolveMonitor.NONE);
    TreeShape shape = new TreeShape(TreeShape.equal(4), 0.01, 0, false);
    List<Tree> start =
        Objects.requireNonNull(new TreePacker(ground, bound.seconds(), 1.05).pack(shape, 1, stop))
            .trees();
    double before =
        ScheduleChecker.figures(problem, new TreePlan(ground, start).copies()).makespan();
    List<Schedule> found = new ArrayList<>();
    SolveMonitor monitor =
        new SolveMonitor() {
          @Override
          public boolean cancelled() {
            return false;
          }

          @Override
          public void found(Schedule schedule) {
            found.add(schedule);
          }
        };
    Incumbent incumbent = new Incumbent("test", indexed, bound, limits, monitor, stop);
    brief().improve(indexed, start, limits, stop, incumbent);
    assertThat(incumbent.score()).isLessThan(before * mostOfStart);
    assertThat(found).hasSizeGreaterThan(1);
    assertThat(ScheduleChecker.check(problem, found.get(found.size() - 1)).violations()).isEmpty();
  }

  @Test
  void noHostSendsToMoreThanItMay() throws IOException {
    Problem problem = Topology.uploadTight(32, 4, 2).spread(200, 1 << 20);
    Schedule free = solve(BRIEF, problem);
    Schedule limited =
        solve(BRIEF.replace("\"mostReceivers\": 1000000", "\"mostReceivers\": 2"), problem);
    assertThat(mostReceivers(free)).isGreaterThan(2);
    assertThat(mostReceivers(limited)).isLessThanOrEqualTo(2);
  }

  private static int mostReceivers(Schedule schedule) {
    Map<String, Integer> receivers = new HashMap<>();
    for (Copy c : schedule.copies()) {
      receivers.merge(c.from(), 1, Integer::sum);
    }
    return receivers.values().stream().mapToInt(n -> n).max().orElse(0);
  }

  @Test
  void whereMoneyAloneCountsTheCheapestTreeIsFound() throws IOException {
    // Sending costs host i i cents a byte: all is cheapest from the source, which costs nothing.
    Problem equal = Topology.equal(6).spread(20, 1 << 20);
    List<Resource> resources = new ArrayList<>();
    for (Resource r : equal.network().resources().values()) {
      int host = r.id().charAt(1) - '1';
      resources.add(new Resource(r.id(), r.capacity(), r.id().endsWith(".up") ? host / 100.0 : 0));
    }
    Problem problem =
        problem(
            equal,
            resources,
            equal.network().hosts().values(),
            List.of(),
            equal.demands(),
            new Objective(0, 0, 1, 0));
    Schedule schedule = solve(BRIEF, problem);
    assertThat(schedule.cost()).isZero();
  }

  @Test
  void relaysAreUsedWhereTheyHelp() throws IOException {
    // A source of 100 up, four hosts of 10 up, and h6 of 100 up, which wants nothing itself.
    Problem plain = Topology.equal(6).spread(100, 1 << 20);
    List<Resource> resources = new ArrayList<>();
    for (Resource r : plain.network().resources().values()) {
      boolean slow = r.id().matches("h[2-5]\\.up");
      resources.add(slow ? new Resource(r.id(), new DataRate(1_250_000), 0) : r);
    }
    Schedule without = solve(BRIEF, withH6(plain, resources, false));
    Schedule with = solve(BRIEF, withH6(plain, resources, true));
    assertThat(with.copies()).anyMatch(c -> c.to().equals("h6"));
    assertThat(with.makespan()).isLessThan(0.85 * without.makespan());
  }

  private static Problem withH6(Problem p, List<Resource> resources, boolean relay) {
    List<Host> hosts = new ArrayList<>();
    for (Host h : p.network().hosts().values()) {
      boolean is = relay && h.id().equals("h6");
      hosts.add(new Host(h.id(), h.location(), h.egress(), h.ingress(), is, null, null));
    }
    List<Demand> demands = p.demands().stream().filter(d -> !d.host().equals("h6")).toList();
    return problem(p, resources, hosts, List.of(), demands, Objective.MAKESPAN);
  }

  @Test
  void treesBeginAfterACopyThatTakesEverything() throws IOException {
    Problem plain = Topology.equal(4).spread(100, 1 << 20);
    Copy running = new Copy("f", "h1", "h2", 0, 49, -1, 100 * 125_000);
    Problem problem =
        problem(
            plain,
            plain.network().resources().values(),
            plain.network().hosts().values(),
            List.of(running),
            plain.demands(),
            Objective.MAKESPAN);
    Schedule schedule = solve(BRIEF, problem);
    assertThat(ScheduleChecker.check(problem, schedule).violations()).isEmpty();
    assertThat(schedule.copies()).allMatch(c -> c.start() > 3);
  }

  @Test
  void moreThanItCanTakeIsRefusedWithTheReason() throws IOException {
    Problem problem = Topology.equal(2100).spread(2, 1 << 20);
    Solution solution = brief().solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
    assertThat(solution).isInstanceOf(Solution.Unsupported.class);
    assertThat(((Solution.Unsupported) solution).reason()).contains("2099").contains("2000");
  }

  private static Problem problem(
      Problem p,
      Collection<Resource> resources,
      Collection<Host> hosts,
      List<Copy> inProgress,
      List<Demand> demands,
      Objective objective) {
    return new Problem(
        p.name(),
        "",
        new Network(List.copyOf(resources), p.network().paths(), List.copyOf(hosts)),
        List.copyOf(p.files().values()),
        p.holdings(),
        List.of(),
        inProgress,
        demands,
        objective);
  }

  private static OptaPlannerSolver brief() throws IOException {
    return solver(BRIEF);
  }

  private static OptaPlannerSolver solver(String config) throws IOException {
    return new OptaPlannerSolver(
        OptaPlannerConfig.read(new ByteArrayInputStream(config.getBytes(StandardCharsets.UTF_8))));
  }

  private static Schedule solve(String config, Problem problem) throws IOException {
    Solution solution = solver(config).solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
    assertThat(solution).isInstanceOf(Solution.Planned.class);
    return ((Solution.Planned) solution).schedule();
  }
}
