package dev.waybill.planner.packing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pricing of a packing's column generation: the cheapest tree of a commodity when every edge
 * between pools has a price.
 *
 * <p>Let the tree first reach every pool that needs the commodity and has none of it, over an
 * arborescence of pools; every further needer of a pool takes the cheapest edge in. No tree of
 * hosts is cheaper: take in it, for each such pool, the host that is fewest edges from a possessor.
 * Its edge in comes from another pool, these edges form an arborescence of pools, and every other
 * needer's edge costs no less than the cheapest one. With relays the further needers are a terminal
 * of their own beside their pool, and the tree is a Steiner arborescence: then {@link
 * SteinerArborescence} proves the bound.
 */
final class TreePricing {
  private final List<Pool> pools;
  private final Commodity commodity;

  /** Pools in the tree's graph after node 0, the virtual root: targets without a source, relays. */
  private final int[] nodes;

  /** How many of {@link #nodes} are targets; the others are relays. */
  private final int targets;

  private final BitSet sources = new BitSet();

  TreePricing(List<Pool> pools, Commodity commodity) {
    this.pools = pools;
    this.commodity = commodity;
    Arrays.stream(commodity.sources()).forEach(sources::set);
    int[] needing = Arrays.stream(commodity.targets()).filter(g -> !sources.get(g)).toArray();
    targets = needing.length;
    BitSet used = (BitSet) sources.clone();
    Arrays.stream(needing).forEach(used::set);
    int[] relays = new int[pools.size()];
    int n = 0;
    for (int g = 0; g < relays.length; g++) {
      if (pools.get(g).relay() && !used.get(g)) {
        relays[n++] = g;
      }
    }
    nodes = Arrays.copyOf(needing, targets + n);
    System.arraycopy(relays, 0, nodes, targets, n);
  }

  /** How many edges one pricing looks at, roughly. */
  double work() {
    double all = (double) pools.size() * pools.size();
    return exact() ? all : all * (1 + commodity.targets().length);
  }

  /** Whether there are no relays to choose from, so that the cheapest tree is found. */
  boolean exact() {
    return nodes.length == targets;
  }

  /** The cheapest tree found at {@code costs} by pool and pool; null where there is no tree. */
  @Nullable PricedTree cheapest(double[][] costs) {
    if (commodity.sources().length == 0) {
      return null;
    }
    return exact() ? arborescence(costs) : steiner(costs);
  }

  private @Nullable PricedTree arborescence(double[][] costs) {
    double[][] graph = graph(costs, nodes.length + 1);
    int[] from = Arborescence.of(graph, 0);
    if (from.length == 0) {
      return null;
    }
    double sum = 0;
    List<PooledEdge> first = new ArrayList<>();
    for (int i = 1; i <= nodes.length; i++) {
      sum += graph[from[i]][i];
      first.add(new PooledEdge(feeder(costs, from[i], nodes[i - 1]), nodes[i - 1], 1));
    }
    int[] feeders = concat(commodity.sources(), nodes);
    List<PooledEdge> further = new ArrayList<>();
    for (int t : furtherNeeders()) {
      int to = commodity.targets()[t];
      int feeder = cheapest(costs, feeders, to);
      sum += more(t) * costs[feeder][to];
      further.add(new PooledEdge(feeder, to, more(t)));
    }
    return Double.isInfinite(sum) ? null : new PricedTree(inOrder(first), further, sum);
  }

  private @Nullable PricedTree steiner(double[][] costs) {
    int[] further = furtherNeeders();
    int n = nodes.length + 1 + further.length;
    double[][] graph = graph(costs, n);
    for (int k = 0; k < further.length; k++) {
      int to = commodity.targets()[further[k]];
      int more = more(further[k]);
      int node = nodes.length + 1 + k;
      graph[0][node] = more * costs[cheapestSource(costs, to)][to];
      for (int i = 0; i < nodes.length; i++) {
        graph[i + 1][node] = more * costs[nodes[i]][to];
      }
    }
    int[] terminals = new int[targets + further.length];
    for (int i = 0; i < terminals.length; i++) {
      terminals[i] = i < targets ? i + 1 : nodes.length + 1 + i - targets;
    }
    SteinerArborescence steiner = new SteinerArborescence(graph, 0, terminals);
    if (Double.isInfinite(steiner.lowerBound())) {
      return null;
    }
    int[] from = steiner.tree();
    List<PooledEdge> first = new ArrayList<>();
    for (int i = 1; i <= nodes.length; i++) {
      if (from[i] != i) {
        first.add(new PooledEdge(feeder(costs, from[i], nodes[i - 1]), nodes[i - 1], 1));
      }
    }
    List<PooledEdge> others = new ArrayList<>();
    for (int k = 0; k < further.length; k++) {
      int to = commodity.targets()[further[k]];
      int feeder = feeder(costs, from[nodes.length + 1 + k], to);
      others.add(new PooledEdge(feeder, to, more(further[k])));
    }
    return new PricedTree(inOrder(first), others, steiner.lowerBound());
  }

  /** Indices of targets of which hosts are left once a first one has been reached. */
  private int[] furtherNeeders() {
    int[] of = new int[commodity.targets().length];
    int n = 0;
    for (int t = 0; t < of.length; t++) {
      if (more(t) > 0) {
        of[n++] = t;
      }
    }
    return Arrays.copyOf(of, n);
  }

  private int more(int target) {
    return commodity.copies()[target] - (sources.get(commodity.targets()[target]) ? 0 : 1);
  }

  /** The root and {@link #nodes}, with room for more up to {@code n}. */
  private double[][] graph(double[][] costs, int n) {
    double[][] graph = new double[n][n];
    for (double[] row : graph) {
      Arrays.fill(row, Double.POSITIVE_INFINITY);
    }
    for (int i = 0; i < nodes.length; i++) {
      graph[0][i + 1] = costs[cheapestSource(costs, nodes[i])][nodes[i]];
      for (int j = 0; j < nodes.length; j++) {
        if (i != j) {
          graph[i + 1][j + 1] = costs[nodes[i]][nodes[j]];
        }
      }
    }
    return graph;
  }

  private int cheapestSource(double[][] costs, int to) {
    return cheapest(costs, commodity.sources(), to);
  }

  /** The cheapest feeder of {@code to}; where it is as cheap as others, the pool itself. */
  private static int cheapest(double[][] costs, int[] feeders, int to) {
    int best = feeders[0];
    for (int g : feeders) {
      double less = costs[best][to] - costs[g][to];
      best = less > 0 || (g == to && less == 0) ? g : best;
    }
    return best;
  }

  private static int[] concat(int[] a, int[] b) {
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  /** The pool that a node of the tree's graph stands for when it feeds pool {@code to}. */
  private int feeder(double[][] costs, int node, int to) {
    return node == 0 ? cheapestSource(costs, to) : nodes[node - 1];
  }

  /** Each edge after the one over which its feeding pool is reached. */
  private List<PooledEdge> inOrder(List<PooledEdge> edges) {
    Map<Integer, List<PooledEdge>> leaving = new HashMap<>();
    edges.forEach(e -> leaving.computeIfAbsent(e.from(), k -> new ArrayList<>()).add(e));
    List<PooledEdge> ordered = new ArrayList<>();
    Deque<Integer> feeders = new ArrayDeque<>();
    sources.stream().forEach(feeders::add);
    while (!feeders.isEmpty()) {
      for (PooledEdge e : leaving.getOrDefault(feeders.remove(), List.of())) {
        ordered.add(e);
        feeders.add(e.to());
      }
    }
    return ordered;
  }
}
