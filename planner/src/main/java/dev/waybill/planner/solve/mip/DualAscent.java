package dev.waybill.planner.solve.mip;

import dev.waybill.planner.solve.mip.Terrain.Arc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A quick bound below the price of every tree of one terrain, for the MIP solver, and with it a
 * tree that is mostly near it: dual ascent (Wong, A dual ascent approach for Steiner tree problems
 * on a directed graph, 1984). As long as no root reaches some needer over arcs whose reduced price
 * is 0, every arc into the set of hosts that do reach it gives up the least reduced price among
 * them, which the bound gains. The tree is grown over arcs of reduced price 0, needer by needer
 * along the cheapest way (Takahashi and Matsuyama, 1980).
 *
 * <p>An arc whose reduced price is above (price of some tree - bound) is in no better tree.
 */
final class DualAscent {
  private final Terrain terrain;
  private final int hosts;
  private final List<List<Integer>> into = new ArrayList<>();
  private final List<List<Integer>> outOf = new ArrayList<>();
  private final BitSet roots = new BitSet();

  /**
   * What came of one ascent.
   *
   * @param bound no tree has a lower price
   * @param reduced price of each arc
   * @param cuts the sets that gave up something
   * @param arcs of a tree: whoever sends receives before
   * @param price of that tree
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Ascent(double bound, double[] reduced, List<BitSet> cuts, List<Arc> arcs, double price) {}

  private record Waiting(int needer, int size) {}

  DualAscent(int hosts, Terrain terrain) {
    this.terrain = terrain;
    this.hosts = hosts;
    for (int v = 0; v < hosts; v++) {
      into.add(new ArrayList<>());
      outOf.add(new ArrayList<>());
    }
    for (int a = 0; a < terrain.arcs().size(); a++) {
      into.get(terrain.arcs().get(a).to()).add(a);
      outOf.get(terrain.arcs().get(a).from()).add(a);
    }
    Arrays.stream(terrain.roots()).forEach(roots::set);
  }

  /**
   * @param price of each arc, not negative
   */
  Ascent ascend(double[] price) {
    double[] reduced = price.clone();
    List<BitSet> cuts = new ArrayList<>();
    double bound = 0;
    PriorityQueue<Waiting> waiting =
        new PriorityQueue<>(
            Comparator.comparingInt(Waiting::size).thenComparingInt(Waiting::needer));
    for (int v : terrain.blocks().needers()) {
      waiting.add(new Waiting(v, 1));
    }
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      BitSet set = reaching(next.needer(), reduced);
      if (set.intersects(roots)) {
        continue;
      }
      if (!waiting.isEmpty() && set.cardinality() > waiting.peek().size()) {
        waiting.add(new Waiting(next.needer(), set.cardinality()));
        continue;
      }
      double least = raise(set, reduced);
      if (Double.isInfinite(least)) {
        throw new IllegalStateException("no way to host " + next.needer());
      }
      bound += least;
      cuts.add(set);
      waiting.add(new Waiting(next.needer(), set.cardinality()));
    }
    List<Integer> tree = tree(price, reduced);
    double sum = tree.stream().mapToDouble(a -> price[a]).sum();
    return new Ascent(
        bound, reduced, cuts, tree.stream().map(a -> terrain.arcs().get(a)).toList(), sum);
  }

  private double raise(BitSet set, double[] reduced) {
    double least = Double.POSITIVE_INFINITY;
    for (int v = set.nextSetBit(0); v >= 0; v = set.nextSetBit(v + 1)) {
      for (int a : into.get(v)) {
        least = set.get(terrain.arcs().get(a).from()) ? least : Math.min(least, reduced[a]);
      }
    }
    for (int v = set.nextSetBit(0); v >= 0; v = set.nextSetBit(v + 1)) {
      for (int a : into.get(v)) {
        reduced[a] -= set.get(terrain.arcs().get(a).from()) ? 0 : least;
      }
    }
    return least;
  }

  /** Who reaches a host over arcs of reduced price 0. */
  private BitSet reaching(int host, double[] reduced) {
    BitSet set = new BitSet();
    set.set(host);
    Deque<Integer> next = new ArrayDeque<>(List.of(host));
    while (!next.isEmpty()) {
      for (int a : into.get(next.remove())) {
        int from = terrain.arcs().get(a).from();
        if (reduced[a] <= 0 && !set.get(from)) {
          set.set(from);
          next.add(from);
        }
      }
    }
    return set;
  }

  private List<Integer> tree(double[] price, double[] reduced) {
    BitSet missing = new BitSet();
    Arrays.stream(terrain.blocks().needers()).forEach(missing::set);
    BitSet there = (BitSet) roots.clone();
    List<Integer> arcs = new ArrayList<>();
    while (!missing.isEmpty()) {
      int[] by = new int[hosts];
      int host = nearest(there, missing, price, reduced, by);
      Deque<Integer> way = new ArrayDeque<>();
      for (int v = host; !there.get(v); v = terrain.arcs().get(by[v]).from()) {
        way.push(by[v]);
      }
      for (int a : way) {
        arcs.add(a);
        there.set(terrain.arcs().get(a).to());
        missing.clear(terrain.arcs().get(a).to());
      }
    }
    return List.copyOf(arcs);
  }

  private record Near(int host, double price) {}

  private int nearest(BitSet there, BitSet missing, double[] price, double[] reduced, int[] by) {
    double[] dear = new double[hosts];
    Arrays.fill(dear, Double.POSITIVE_INFINITY);
    PriorityQueue<Near> next = new PriorityQueue<>(Comparator.comparingDouble(Near::price));
    for (int v = there.nextSetBit(0); v >= 0; v = there.nextSetBit(v + 1)) {
      dear[v] = 0;
      next.add(new Near(v, 0));
    }
    while (!next.isEmpty()) {
      Near near = next.remove();
      if (missing.get(near.host())) {
        return near.host();
      }
      for (int a : near.price() > dear[near.host()] ? List.<Integer>of() : outOf.get(near.host())) {
        int to = terrain.arcs().get(a).to();
        if (reduced[a] <= 0 && near.price() + price[a] < dear[to]) {
          dear[to] = near.price() + price[a];
          by[to] = a;
          next.add(new Near(to, dear[to]));
        }
      }
    }
    throw new IllegalStateException("an ascent that ended reaches every needer");
  }
}
