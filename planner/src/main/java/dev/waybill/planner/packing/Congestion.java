package dev.waybill.planner.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prices that grow exponentially with how full each constraint of a packing is, and trees that
 * avoid what is full: a start for the column generation, which with few columns knows nothing of
 * most constraints.
 *
 * <p>That is multiplicative weights (Plotkin, Shmoys, Tardos, Fast approximation algorithms for
 * fractional packing and covering problems, 1995), with one difference: the further needers of a
 * pool are given their feeders a few at a time, each few at the prices that the ones before have
 * left, so that even one tree is balanced.
 */
final class Congestion {
  /** How much dearer a constraint gets, as a power of e, from empty to full. */
  private static final double STEEPNESS = 20;

  /** Parts in which the further needers of a pool are given their feeders. */
  private static final int PARTS = 8;

  /** Stands for an edge that can't be used. */
  private static final int[] DOWN = {-1};

  private final PooledNetwork network;

  /** By constraint: seconds that its capacity is taken by all trees so far. */
  private final double[] seconds;

  private final double[] prices;

  /** Seconds of all trees so far at which a constraint counts as full. */
  private double full;

  Congestion(PooledNetwork network) {
    this.network = network;
    seconds = new double[network.rows.size()];
    prices = new double[network.rows.size()];
  }

  /**
   * Prices as all trees so far leave them, of which the sum of price * capacity is 1.
   *
   * @param more seconds by which constraints may be fuller after the next tree of each commodity
   */
  double[] next(double more) {
    full = Math.max(full + more, fluidSeconds());
    double sum = 0;
    for (int r = 0; r < prices.length; r++) {
      reprice(r);
      sum += prices[r] * network.rows.get(r).capacity();
    }
    double[] scaled = new double[prices.length];
    for (int r = 0; r < prices.length; r++) {
      scaled[r] = sum > 0 ? prices[r] / sum : 0;
    }
    return scaled;
  }

  /** What all trees so far need if they run one after the other. */
  double fluidSeconds() {
    return Arrays.stream(seconds).max().orElse(0);
  }

  private void reprice(int row) {
    double capacity = network.rows.get(row).capacity();
    double fullness = full > 0 ? Math.min(2, seconds[row] / full) : 0;
    prices[row] = capacity > 0 ? Math.exp(STEEPNESS * (fullness - 1)) / capacity : 0;
  }

  /**
   * A tree that reaches pools in the same order as {@code tree}, each from the feeder that is best
   * then.
   *
   * @param sources pools that possess the commodity
   * @param fixed whether pools have to be reached over the same edges: it goes through relays, that
   *     are to feed somebody
   * @param bytes that flow over it
   */
  List<PooledEdge> spread(int[] sources, PricedTree tree, boolean fixed, double bytes) {
    List<PooledEdge> edges = new ArrayList<>();
    int[] feeders = Arrays.copyOf(sources, sources.length + tree.first().size());
    int reached = sources.length;
    for (PooledEdge e : tree.first()) {
      int from = fixed ? e.from() : cheapest(feeders, reached, e.to());
      take(network.constraints(from, e.to()), bytes);
      edges.add(new PooledEdge(from, e.to(), 1));
      feeders[reached++] = e.to();
    }
    if (tree.further().isEmpty()) {
      return edges;
    }
    int[][][] ways = ways(feeders, tree.further());
    int[][] copies = new int[ways.length][feeders.length];
    for (int part = 0; part < PARTS; part++) {
      for (int i = 0; i < ways.length; i++) {
        int all = tree.further().get(i).copies();
        int n = (int) ((long) all * (part + 1) / PARTS - (long) all * part / PARTS);
        if (n > 0) {
          int feeder = cheapest(ways[i]);
          copies[i][feeder] += n;
          take(ways[i][feeder], n * bytes);
        }
      }
    }
    for (int i = 0; i < ways.length; i++) {
      for (int k = 0; k < feeders.length; k++) {
        if (copies[i][k] > 0) {
          edges.add(new PooledEdge(feeders[k], tree.further().get(i).to(), copies[i][k]));
        }
      }
    }
    return edges;
  }

  /** By edge to further needers and feeder, the constraints; empty where it can't feed them. */
  private int[][][] ways(int[] feeders, List<PooledEdge> further) {
    return further.stream()
        .map(
            e ->
                Arrays.stream(feeders)
                    .mapToObj(
                        f -> network.connects(f, e.to()) ? network.constraints(f, e.to()) : DOWN)
                    .toArray(int[][]::new))
        .toArray(int[][][]::new);
  }

  private int cheapest(int[] feeders, int reached, int to) {
    int best = feeders[0];
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < reached; k++) {
      double cost = network.cost(feeders[k], to, prices);
      if (cost < least) {
        least = cost;
        best = feeders[k];
      }
    }
    return best;
  }

  private int cheapest(int[][] ways) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < ways.length; k++) {
      double cost = 0;
      for (int r : ways[k]) {
        cost += r < 0 ? Double.POSITIVE_INFINITY : prices[r];
      }
      if (cost < least) {
        least = cost;
        best = k;
      }
    }
    return best;
  }

  private void take(int[] constraints, double bytes) {
    for (int r : constraints) {
      seconds[r] += bytes / network.rows.get(r).capacity();
      reprice(r);
    }
  }
}
