package dev.waybill.planner.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.RandomProblem;
import dev.waybill.planner.Topology;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Reachability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FractionalPackingTest {
  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /** Kumar and Ross: max(F / u_s, N F / (u_s + sum of u_i)); downloads are left to other bounds. */
  @Test
  void oneSiteIsPackedAsKumarAndRossSay() {
    double bytes = 512 * 262_144.0;
    FractionalPacking tight =
        FractionalPacking.of(new IndexedProblem(Topology.t3().spread(512, 262_144)));
    assertThat(tight.seconds()).isCloseTo(15 * bytes / (595 * 125_000.0), within(1e-6));
    FractionalPacking equal =
        FractionalPacking.of(new IndexedProblem(Topology.equal(300).spread(512, 262_144)));
    assertThat(equal.seconds()).isCloseTo(bytes / (100 * 125_000.0), within(1e-6));
    assertThat(equal.trees()).hasSizeLessThan(5);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void treesCarryEverythingWithinTheCapacitiesAndTheBoundIsBelow(long seed) {
    IndexedProblem problem = new IndexedProblem(RandomProblem.of(seed));
    if (Reachability.obstacle(problem) != null) {
      return;
    }
    FractionalPacking packing = FractionalPacking.of(problem);
    if (problem.arrivals.isEmpty()) {
      assertThat(packing.seconds()).isLessThanOrEqualTo(packing.fluidSeconds() * (1 + 1e-9));
    }
    double[] used = new double[problem.capacity.length];
    for (BlockClass blocks : BlockClass.of(problem)) {
      List<PooledTree> trees =
          packing.trees().stream().filter(t -> t.blocks().runs().equals(blocks.runs())).toList();
      assertThat(trees.stream().mapToDouble(PooledTree::bytes).sum())
          .isCloseTo((double) blocks.bytes(), within(1e-3));
      trees.forEach(t -> walk(problem, packing.pools(), t, used));
    }
    for (int r = 0; r < used.length; r++) {
      assertThat(used[r])
          .as("bytes through %s", problem.resourceIds[r])
          .isLessThanOrEqualTo(problem.capacity[r] * packing.fluidSeconds() * (1 + 1e-6) + 1e-3);
    }
  }

  /** Checks a tree and adds up what it needs of resources that are on paths. */
  private static void walk(
      IndexedProblem problem, List<Pool> pools, PooledTree tree, double[] used) {
    int[] copies = new int[pools.size()];
    Set<Integer> reached = new HashSet<>();
    for (int g = 0; g < copies.length; g++) {
      int[] hosts = pools.get(g).hosts();
      if (count(hosts, tree.blocks().possessors()) > 0) {
        reached.add(g);
      }
    }
    for (PooledEdge e : tree.edges()) {
      assertThat(reached).contains(e.from());
      reached.add(e.to());
      copies[e.to()] += e.copies();
      int[] via = problem.via(pools.get(e.from()).location(), pools.get(e.to()).location());
      assertThat(via).isNotNull();
      for (int r : via) {
        used[r] += e.copies() * tree.bytes();
      }
    }
    for (int g = 0; g < copies.length; g++) {
      int needers = count(pools.get(g).hosts(), tree.blocks().needers());
      assertThat(copies[g]).isBetween(needers, pools.get(g).relay() ? needers + 1 : needers);
    }
  }

  private static int count(int[] hosts, int[] among) {
    return (int) Arrays.stream(hosts).filter(h -> Arrays.binarySearch(among, h) >= 0).count();
  }

  @ParameterizedTest(name = "{0} hosts in {1} sites, seed {2}")
  @CsvSource({"9,2,1", "12,3,2", "15,4,3", "20,5,4", "14,3,5", "18,4,6", "16,2,7", "24,6,8"})
  void poolingLosesNothing(int hosts, int sites, long seed) {
    for (Topology topology :
        List.of(Topology.uploadTight(hosts, sites, seed), Topology.wanTight(hosts, sites, seed))) {
      Problem problem = topology.spread(64, 1 << 20);
      FractionalPacking pooled = FractionalPacking.of(new IndexedProblem(problem));
      FractionalPacking apart = FractionalPacking.of(new IndexedProblem(apart(problem)));
      assertThat(pooled.pools()).hasSizeLessThanOrEqualTo(sites + 1);
      assertThat(apart.pools()).hasSize(hosts);
      assertThat(pooled.seconds()).isCloseTo(apart.seconds(), within(1e-4 * apart.seconds()));
    }
  }

  /** The same problem, but no two hosts are behind the same resources. */
  private static Problem apart(Problem problem) {
    List<Resource> resources = new ArrayList<>(problem.network().resources().values());
    List<Host> hosts = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (Host h : problem.network().hosts().values()) {
      String tag = "tag-" + h.id();
      tags.add(tag);
      resources.add(new Resource(tag, new DataRate(1e15), 0));
      List<String> egress = new ArrayList<>(h.egress());
      egress.add(tag);
      hosts.add(new Host(h.id(), h.location(), egress, h.ingress()));
    }
    hosts.add(new Host("bystander", hosts.get(0).location(), List.of(), tags));
    return new Problem(
        problem.name(),
        "",
        new Network(resources, List.copyOf(problem.network().paths()), hosts),
        List.copyOf(problem.files().values()),
        problem.holdings(),
        problem.generations(),
        problem.inProgress(),
        problem.demands(),
        problem.objective());
  }

  @ParameterizedTest(name = "seed {0}")
  @CsvSource({"1", "2", "3", "4"})
  void pricesSayWhatMoreCapacityBuys(long seed) {
    Problem problem = Topology.uploadTight(30, 4, seed).spread(64, 1 << 20);
    IndexedProblem indexed = new IndexedProblem(problem);
    FractionalPacking packing = FractionalPacking.of(indexed);
    double sum =
        IntStream.range(0, indexed.capacity.length)
            .mapToDouble(r -> packing.prices()[r] * indexed.capacity[r])
            .sum();
    assertThat(sum).isCloseTo(packing.seconds(), within(1e-6 * sum));
    for (int r = 0; r < 12; r++) {
      double more = 1e-3 * indexed.capacity[r];
      double better = FractionalPacking.of(new IndexedProblem(with(problem, r, more))).seconds();
      assertThat((packing.seconds() - better) / more)
          .as("price of %s", indexed.resourceIds[r])
          .isCloseTo(packing.prices()[r], within(2e-3 * packing.seconds() / indexed.capacity[r]));
    }
  }

  private static Problem with(Problem problem, int resource, double more) {
    List<Resource> resources = new ArrayList<>(problem.network().resources().values());
    Resource r = resources.get(resource);
    resources.set(
        resource,
        new Resource(r.id(), new DataRate(r.capacity().bytesPerSecond() + more), r.costPerByte()));
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

  @Test
  void workEndsWhereABetterBoundIsKnown() {
    IndexedProblem problem = new IndexedProblem(Topology.uploadTight(100, 5, 1).spread(64, 1000));
    double proven = FractionalPacking.of(problem).seconds();
    FractionalPacking brief = FractionalPacking.of(problem, 2 * proven);
    assertThat(brief.fluidSeconds()).isBetween(proven, 2 * proven);
  }
}
