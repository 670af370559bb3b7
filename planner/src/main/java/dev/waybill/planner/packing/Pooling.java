package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The hosts of a packing problem in pools, its classes of blocks as commodities between pools.
 *
 * <p>Pooling only ever relaxes: what hosts of a pool may send is bounded by the sum of their
 * uploads alone. With alike holdings and needs in each pool the optimum stays the same, since an
 * average over all permutations of such hosts is again a solution.
 */
final class Pooling {
  /** What hosts of one pool must have in common, from the finest to the coarsest. */
  enum Likeness {
    HOLDINGS_AND_NEEDS,
    HOLDINGS,
    NETWORK
  }

  /** Pairs of pools that may be looked at to price all commodities once. */
  private static final double WORK_OF_A_ROUND = 2e6;

  final IndexedProblem problem;
  final ResourceRoles roles;
  final List<Pool> pools = new ArrayList<>();
  final List<Commodity> commodities = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  private record Ints(int[] values) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Ints other && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  private Pooling(
      IndexedProblem problem, ResourceRoles roles, List<BlockClass> classes, Likeness likeness) {
    this.problem = problem;
    this.roles = roles;
    int[] poolOf = pool(classes, likeness);
    merge(classes, poolOf);
  }

  /** The finest pooling that is not too much work. */
  static Pooling of(IndexedProblem problem, List<BlockClass> classes) {
    ResourceRoles roles = new ResourceRoles(problem);
    Pooling pooling = new Pooling(problem, roles, classes, Likeness.HOLDINGS_AND_NEEDS);
    for (Likeness coarser : List.of(Likeness.HOLDINGS, Likeness.NETWORK)) {
      if (pooling.work() > WORK_OF_A_ROUND) {
        pooling = new Pooling(problem, roles, classes, coarser);
      }
    }
    return pooling;
  }

  /** How much work one pricing of all commodities is. */
  private double work() {
    return (double) commodities.size() * pools.size() * pools.size();
  }

  private int[] pool(List<BlockClass> classes, Likeness likeness) {
    boolean[] partakes = problem.relay.clone();
    long[] holdings = new long[problem.hosts()];
    long[] needs = new long[problem.hosts()];
    for (int c = 0; c < classes.size(); c++) {
      // Sums of scrambled numbers: that two differing sets agree is next to impossible, and would
      // only pool hosts that differ, which is a relaxation like any other.
      long mark = (c + 1) * 0x9E3779B97F4A7C15L;
      mark = (mark ^ (mark >>> 30)) * 0xBF58476D1CE4E5B9L;
      for (int h : classes.get(c).possessors()) {
        partakes[h] = true;
        holdings[h] += mark;
      }
      for (int h : classes.get(c).needers()) {
        partakes[h] = true;
        needs[h] += mark;
      }
    }
    Map<List<Object>, List<Integer>> members = new LinkedHashMap<>();
    for (int h = 0; h < problem.hosts(); h++) {
      if (partakes[h]) {
        List<Object> key =
            List.of(
                problem.location[h],
                problem.relay[h],
                new Ints(roles.sharedEgress(h)),
                new Ints(roles.sharedIngress(h)),
                roles.ownCost(h)[0],
                roles.ownCost(h)[1],
                roles.up(h).isPresent(),
                roles.duplex(h).isPresent(),
                likeness == Likeness.NETWORK ? 0 : holdings[h],
                likeness == Likeness.HOLDINGS_AND_NEEDS ? needs[h] : 0);
        members.computeIfAbsent(key, k -> new ArrayList<>()).add(h);
      }
    }
    int[] poolOf = new int[problem.hosts()];
    for (List<Integer> hosts : members.values()) {
      hosts.forEach(h -> poolOf[h] = pools.size());
      int first = hosts.get(0);
      int[] of = hosts.stream().mapToInt(h -> h).toArray();
      pools.add(new Pool(problem.location[first], of, problem.relay[first]));
    }
    return poolOf;
  }

  private void merge(List<BlockClass> classes, int[] poolOf) {
    Map<List<Ints>, List<BlockClass>> merged = new LinkedHashMap<>();
    for (BlockClass c : classes) {
      int[] sources =
          Arrays.stream(c.possessors()).map(h -> poolOf[h]).sorted().distinct().toArray();
      TreeMap<Integer, Integer> copies = new TreeMap<>();
      Arrays.stream(c.needers()).forEach(h -> copies.merge(poolOf[h], 1, Integer::sum));
      int[] needed =
          copies.entrySet().stream()
              .flatMapToInt(e -> IntStream.of(e.getKey(), e.getValue()))
              .toArray();
      merged
          .computeIfAbsent(List.of(new Ints(sources), new Ints(needed)), k -> new ArrayList<>())
          .add(c);
    }
    merged.forEach(
        (key, of) -> {
          int[] needed = key.get(1).values;
          commodities.add(
              new Commodity(
                  List.copyOf(of),
                  of.stream().mapToDouble(BlockClass::bytes).sum(),
                  key.get(0).values,
                  IntStream.range(0, needed.length / 2).map(i -> needed[2 * i]).toArray(),
                  IntStream.range(0, needed.length / 2).map(i -> needed[2 * i + 1]).toArray()));
        });
  }
}
