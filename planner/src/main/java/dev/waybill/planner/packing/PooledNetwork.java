package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * The pools of a packing problem with the capacity constraints that an edge from one to another
 * uses.
 *
 * <p>What only receivers cross needs no constraint where no relay receives through it: each needer
 * gets each byte exactly once, whatever the trees look like. The planner's receiver cuts see to it.
 */
final class PooledNetwork {
  private static final int[] NOTHING = {};

  final IndexedProblem problem;
  final List<Pool> pools;
  final List<Row> rows = new ArrayList<>();

  /** By pool: constraints that whatever leaves its hosts uses. */
  private final int[][] out;

  /** By pool: constraints that whatever enters its hosts uses. */
  private final int[][] in;

  /** Whether an edge can use the constraint of a shared resource on two of its three parts. */
  private final boolean overlapping;

  private final int sharedRows;

  PooledNetwork(Pooling pooling) {
    this.problem = pooling.problem;
    this.pools = List.copyOf(pooling.pools);
    this.overlapping = pooling.roles.overlapping;
    for (int r = 0; r < problem.capacity.length; r++) {
      rows.add(new Row(new int[] {r}, problem.capacity[r]));
    }
    sharedRows = rows.size();
    out = new int[pools.size()][];
    in = new int[pools.size()][];
    ResourceRoles roles = pooling.roles;
    for (int g = 0; g < out.length; g++) {
      int[] hosts = pools.get(g).hosts();
      int[] up = poolRow(hosts, roles::up);
      int[] duplex = poolRow(hosts, roles::duplex);
      // A single one among a relay's pool may have no limit of its own: then the pool has none.
      int[] down = pools.get(g).relay() ? poolRow(hosts, roles::down) : NOTHING;
      out[g] = concat(up, duplex, roles.sharedEgress(hosts[0]));
      in[g] = concat(down, duplex, roles.sharedIngress(hosts[0]));
    }
  }

  private int[] poolRow(int[] hosts, IntFunction<OptionalInt> resourceOf) {
    int[] resources =
        Arrays.stream(hosts).mapToObj(resourceOf).flatMapToInt(OptionalInt::stream).toArray();
    if (resources.length < hosts.length) {
      return NOTHING;
    }
    rows.add(
        new Row(resources, Arrays.stream(resources).mapToDouble(r -> problem.capacity[r]).sum()));
    return new int[] {rows.size() - 1};
  }

  private static int[] concat(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  private boolean up(int[] constraints) {
    for (int r : constraints) {
      if (rows.get(r).capacity() == 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds {@code amount} for each time that an edge from one pool to another uses a constraint. */
  void use(int from, int to, double amount, double[] used) {
    int[] via = problem.via(pools.get(from).location(), pools.get(to).location());
    if (via == null) {
      throw new IllegalArgumentException("no path from pool " + from + " to pool " + to);
    }
    BitSet seen = overlapping ? new BitSet() : null;
    for (int[] part : new int[][] {out[from], via, in[to]}) {
      for (int r : part) {
        // Hosts' own constraints are of different hosts, even on an edge inside a pool.
        if (seen == null || r >= sharedRows || !seen.get(r)) {
          used[r] += amount;
          if (seen != null) {
            seen.set(r);
          }
        }
      }
    }
  }

  /**
   * The price of a byte over each edge, by pool where it begins and pool where it ends; infinite
   * where there is none.
   *
   * @param prices of a byte by constraint
   */
  double[][] costs(double[] prices) {
    int n = pools.size();
    double[] leaving = new double[n];
    double[] entering = new double[n];
    for (int g = 0; g < n; g++) {
      leaving[g] = up(out[g]) ? sum(out[g], prices) : Double.POSITIVE_INFINITY;
      entering[g] = up(in[g]) ? sum(in[g], prices) : Double.POSITIVE_INFINITY;
    }
    double[] via = new double[problem.locations()];
    double[][] costs = new double[n][n];
    double[] scratch = overlapping ? new double[rows.size()] : new double[0];
    int location = -1;
    for (int g = 0; g < n; g++) {
      if (pools.get(g).location() != location || g == 0) {
        location = pools.get(g).location();
        viaCosts(location, prices, via);
      }
      for (int h = 0; h < n; h++) {
        double cost = leaving[g] + via[pools.get(h).location()] + entering[h];
        costs[g][h] =
            overlapping && cost < Double.POSITIVE_INFINITY ? exact(g, h, prices, scratch) : cost;
      }
    }
    return costs;
  }

  private void viaCosts(int from, double[] prices, double[] via) {
    Arrays.fill(via, Double.POSITIVE_INFINITY);
    for (int to : problem.pathsFrom[from]) {
      int[] resources = problem.via(from, to);
      if (resources != null && up(resources)) {
        via[to] = sum(resources, prices);
      }
    }
  }

  private static double sum(int[] constraints, double[] prices) {
    double sum = 0;
    for (int r : constraints) {
      sum += prices[r];
    }
    return sum;
  }

  private double exact(int from, int to, double[] prices, double[] scratch) {
    int[] via = problem.via(pools.get(from).location(), pools.get(to).location());
    use(from, to, 1, scratch);
    double cost = 0;
    for (int[] part : new int[][] {out[from], via == null ? NOTHING : via, in[to]}) {
      for (int r : part) {
        cost += scratch[r] * prices[r];
        scratch[r] = 0;
      }
    }
    return cost;
  }
}
