package dev.waybill.planner.solve.flow;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.packing.FractionalPacking;
import dev.waybill.planner.packing.Pool;
import dev.waybill.planner.packing.PooledEdge;
import dev.waybill.planner.packing.PooledTree;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trees of the linear program of the fractional packing as forests of the flow solver: pools of
 * hosts are resolved into hosts, each fed by the host of the feeding pool that has the most egress
 * left for it. On networks of hosts that are all different, where nothing is pooled, these are the
 * very trees of the linear program.
 */
final class PackedForest {
  private final IndexedProblem problem;
  private final FractionalPacking packing;
  private final double[] capacity;
  private final double[] used;

  PackedForest(IndexedProblem problem, FractionalPacking packing, double[] capacity) {
    this.problem = problem;
    this.packing = packing;
    this.capacity = capacity;
    this.used = new double[capacity.length];
  }

  /**
   * A forest for each cargo, or null where some tree could not be resolved.
   *
   * @param trees the most trees of a forest; those that carry least are left out
   */
  @Nullable List<Forest> of(List<Cargo> cargoes, int trees) {
    List<Forest> forests = new ArrayList<>();
    for (Cargo cargo : cargoes) {
      List<Tree> resolved = new ArrayList<>();
      for (PooledTree t : largest(cargo, trees)) {
        List<Tree.Edge> edges = resolve(cargo, t, t.bytes() / packing.fluidSeconds());
        if (edges == null) {
          return null;
        }
        resolved.add(new Tree(cargo.representative(), t.bytes() / packing.fluidSeconds(), edges));
      }
      if (resolved.isEmpty()) {
        return null;
      }
      forests.add(new Forest(resolved));
    }
    return forests;
  }

  /** The trees of a cargo's classes, equal ones as one, that carry most. */
  private List<PooledTree> largest(Cargo cargo, int most) {
    Map<List<PooledEdge>, PooledTree> trees = new LinkedHashMap<>();
    for (PooledTree t : packing.trees()) {
      if (cargo.contains(t.blocks())) {
        trees.merge(
            t.edges(), t, (a, b) -> new PooledTree(a.blocks(), a.bytes() + b.bytes(), a.edges()));
      }
    }
    return trees.values().stream()
        .sorted(Comparator.comparingDouble(PooledTree::bytes).reversed())
        .limit(most)
        .toList();
  }

  private @Nullable List<Tree.Edge> resolve(Cargo cargo, PooledTree tree, double rate) {
    int[] roots = cargo.roots();
    int[] depth = new int[problem.hosts()];
    Map<Integer, List<Integer>> inside = new LinkedHashMap<>();
    Map<Integer, Deque<Integer>> waiting = new LinkedHashMap<>();
    for (int p = 0; p < packing.pools().size(); p++) {
      Pool pool = packing.pools().get(p);
      inside.put(p, new ArrayList<>());
      List<Integer> outside = new ArrayList<>();
      for (int h : pool.hosts()) {
        if (contains(roots, h)) {
          inside.get(p).add(h);
        } else if (pool.relay() || contains(tree.blocks().needers(), h)) {
          outside.add(h);
        }
      }
      outside.sort(
          Comparator.comparing((Integer h) -> !contains(tree.blocks().needers(), h))
              .thenComparing(h -> -room(problem.egress[h])));
      waiting.put(p, new ArrayDeque<>(outside));
    }
    List<Tree.Edge> edges = new ArrayList<>();
    for (PooledEdge e : tree.edges()) {
      List<Integer> feeding = inside.getOrDefault(e.from(), List.of());
      for (int i = 0; i < e.copies(); i++) {
        Integer to = waiting.getOrDefault(e.to(), new ArrayDeque<>()).poll();
        int from = to == null ? -1 : feeder(feeding, depth, rate);
        int[] way = to == null || from < 0 ? null : problem.way(from, to);
        if (to == null || way == null) {
          return null;
        }
        for (int r : way) {
          used[r] += rate;
        }
        depth[to] = depth[from] + 1;
        edges.add(new Tree.Edge(from, to, way, depth[to]));
        inside.getOrDefault(e.to(), new ArrayList<>()).add(to);
      }
    }
    return edges;
  }

  /** Of those with room for the rate the least deep, else the one with the most room. */
  private int feeder(List<Integer> hosts, int[] depth, double rate) {
    int best = -1;
    for (int h : hosts) {
      if (best < 0) {
        best = h;
        continue;
      }
      boolean fits = room(problem.egress[h]) >= rate;
      boolean bestFits = room(problem.egress[best]) >= rate;
      boolean wider = room(problem.egress[h]) > room(problem.egress[best]);
      boolean sooner = depth[h] < depth[best];
      boolean better = fits == bestFits ? (fits ? sooner : wider) : fits;
      best = better ? h : best;
    }
    return best;
  }

  private double room(int[] resources) {
    double room = Terrain.UNBOUND;
    for (int r : resources) {
      room = Math.min(room, capacity[r] - used[r]);
    }
    return room;
  }

  private static boolean contains(int[] ascending, int host) {
    return Arrays.binarySearch(ascending, host) >= 0;
  }
}
