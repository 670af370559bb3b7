package dev.waybill.planner.solve.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.RandomProblem;
import dev.waybill.planner.Topology;
import dev.waybill.planner.instance.Distribution;
import dev.waybill.planner.solve.ConfigFile;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartsSolverTest {
  private static final SolveLimits LIMITS = new SolveLimits(Duration.ofMinutes(1), 0.02, 1);
  private static final PartsConfig STANDARD = PartsConfig.standard();

  /** The same with networks of this size divided into so many parts. */
  private static PartsConfig config(int leastHosts, int parts) {
    return config(leastHosts, parts, List.of());
  }

  private static PartsConfig config(int leastHosts, int parts, List<List<String>> groups) {
    return new PartsConfig(
        "greedy",
        leastHosts,
        parts,
        groups,
        STANDARD.gateways(),
        STANDARD.gatewayShare(),
        STANDARD.pace(),
        STANDARD.coupling(),
        STANDARD.backboneShare(),
        STANDARD.partsShare());
  }

  private static Solution solve(Problem problem, PartsConfig config) {
    Solver inner = Solvers.named(config.solver());
    return new PartsSolver(config, inner, 2).solve(problem, LIMITS, SolveMonitor.NONE);
  }

  @ParameterizedTest
  @CsvSource({"upload, 1", "upload, 2", "wan, 1", "wan, 2"})
  void partsThatArePlannedOnTheirOwnAreTogetherNearlyAsGoodAsTheWhole(String kind, long seed) {
    Topology topology =
        kind.equals("wan") ? Topology.wanTight(200, 10, seed) : Topology.uploadTight(200, 10, seed);
    Problem problem = topology.spread(200, 1 << 20);
    Solution.Planned parts = (Solution.Planned) solve(problem, config(1, 4));
    Solution.Planned whole = (Solution.Planned) solve(problem, config(201, 4));

    assertThat(parts.schedule().solver()).isEqualTo("parts");
    assertThat(whole.schedule().solver()).isEqualTo("greedy");
    assertThat(ScheduleChecker.check(problem, parts.schedule()).violations()).isEmpty();
    assertThat(parts.schedule().makespan()).isLessThan(1.1 * whole.schedule().makespan());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
  void whateverIsDividedGivesAValidScheduleOrNoneWhereThereIsNone(long seed) {
    Problem problem = RandomProblem.of(seed);
    Solution parts = solve(problem, config(1, 3));
    Solution whole = solve(problem, config(1_000, 3));
    if (parts instanceof Solution.Planned p) {
      assertThat(ScheduleChecker.check(problem, p.schedule()).violations()).isEmpty();
    }
    assertThat(parts).hasSameClassAs(whole);
  }

  @Test
  void locationsThatTheNetworkHardlyTellsApartStayTogetherAndOthersArePlannedApart() {
    Problem problem = twoPairsOfSites(1e9, 1e6);
    assertThat(Division.of(problem, config(1, 4)))
        .containsExactlyInAnyOrder(Set.of("a0", "a1"), Set.of("b0", "b1"));
  }

  @Test
  void groupsThatAreNamedArePartsAndTheOthersAreFoundAmongWhatIsLeft() {
    Problem coupled = twoPairsOfSites(1e9, 1e9);
    List<List<String>> across = List.of(List.of("a0", "b1"), List.of("a1", "b0"));
    assertThat(Division.of(coupled, config(1, 4, across)))
        .containsExactly(Set.of("a0", "b1"), Set.of("a1", "b0"));

    Problem pairs = twoPairsOfSites(1e9, 1e6);
    assertThat(Division.of(pairs, config(1, 4, List.of(List.of("elsewhere"), List.of("a0")))))
        .as("a1 on its own, the pair that is left, and nothing of what is not there")
        .containsExactlyInAnyOrder(Set.of("a0"), Set.of("a1"), Set.of("b0", "b1"));

    Solution.Planned planned = (Solution.Planned) solve(coupled, config(1, 4, across));
    assertThat(planned.schedule().solver()).isEqualTo("parts");
    assertThat(ScheduleChecker.check(coupled, planned.schedule()).violations()).isEmpty();
  }

  @Test
  void aLocationInTwoGroupsIsRefusedInOneLineThatNamesTheFileAndTheLocation() throws IOException {
    String file;
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream(ConfigFile.resource("parts.json")))) {
      file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String none = "\"groups\": []";
    assertThat(file).contains(none);
    assertThat(read(file.replace(none, "\"groups\": [[\"x\", \"y\"], [\"z\"]]")).groups())
        .containsExactly(List.of("x", "y"), List.of("z"));
    assertThatThrownBy(() -> read(file.replace(none, "\"groups\": [[\"x\", \"y\"], [\"y\"]]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("solver-config/parts.json: location 'y' is named twice in the groups");
  }

  private static PartsConfig read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ConfigFile.readFile("parts.json", new ByteArrayInputStream(bytes), PartsConfig.class);
  }

  @Test
  void partsAreAlikeWhereAllIsStronglyCoupled() {
    Problem problem = Topology.uploadTight(200, 10, 5).spread(16, 1 << 20);
    List<Set<String>> parts = Division.of(problem, config(1, 2));
    assertThat(parts).hasSize(2);
    double[] upload = new double[2];
    for (Host h : problem.network().hosts().values()) {
      upload[parts.get(0).contains(h.location()) ? 0 : 1] +=
          Division.least(problem.network(), h.egress());
    }
    assertThat(upload[0] / upload[1]).isBetween(0.97, 1.03);
  }

  @Test
  void aResourceThatPartsShareIsDividedAmongThem() {
    Problem problem = twoPairsOfSites(40e6, 1e6);
    List<Set<String>> parts = List.of(Set.of("a0", "a1"), Set.of("b0", "b1"));
    PartProblem.Shares shares = new PartProblem.Shares(problem, parts);
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      Problem part = PartProblem.of(problem, parts, i, shares, List.<Copy>of());
      Resource shared = Objects.requireNonNull(part.network().resources().get("shared"));
      assertThat(shared.capacity().bytesPerSecond()).isBetween(15e6, 25e6);
      sum += shared.capacity().bytesPerSecond();
    }
    assertThat(sum).isEqualTo(40e6);
    Solution.Planned planned = (Solution.Planned) solve(problem, config(1, 2));
    assertThat(planned.schedule().solver()).isEqualTo("parts");
    assertThat(ScheduleChecker.check(problem, planned.schedule()).violations()).isEmpty();
  }

  /**
   * Sites a0, a1, b0 and b1 of four hosts; both pairs use one resource, and between them is little.
   */
  private static Problem twoPairsOfSites(double within, double between) {
    List<Resource> resources = new ArrayList<>();
    resources.add(new Resource("shared", new DataRate(within), 0));
    resources.add(new Resource("between", new DataRate(between), 0));
    List<Path> paths = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    List<String> sites = List.of("a0", "a1", "b0", "b1");
    for (String site : sites) {
      for (String other : sites) {
        if (!site.equals(other)) {
          boolean pair = site.charAt(0) == other.charAt(0);
          paths.add(new Path(site, other, List.of(pair ? "shared" : "between")));
        }
      }
      for (int i = 0; i < 4; i++) {
        String id = site + "-" + i;
        resources.add(new Resource(id + ".up", new DataRate(5e6), 0));
        resources.add(new Resource(id + ".down", new DataRate(10e6), 0));
        hosts.add(new Host(id, site, List.of(id + ".up"), List.of(id + ".down")));
      }
    }
    Network network = new Network(resources, paths, hosts);
    return Distribution.toAll(network, "a0-0", Distribution.blocks("f", 32, 1 << 18))
        .on("pairs", "", network);
  }
}
