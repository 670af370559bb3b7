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
  private final ResourceRoles roles;
  final List<Pool> pools;
  final List<Row> rows = new ArrayList<>();

  /** By pool: constraints that whatever leaves its hosts uses. */
  private final int[][] out;

  /** By pool: constraints that whatever enters its hosts uses. */
  private final int[][] in;

  /** Whether an edge can use the constraint of a shared resource on two of its three parts. */
  private final boolean overlapping;

  /** Constraints of shared resources come first: there are this many. */
  private final int sharedRows;

  /** By shared resource, its constraint. */
  private final int[] rowOf;

  PooledNetwork(Pooling pooling) {
    this.problem = pooling.problem;
    this.pools = List.copyOf(pooling.pools);
    this.roles = pooling.roles;
    this.overlapping = roles.overlapping;
    rowOf = new int[problem.capacity.length];
    for (int r = 0; r < rowOf.length; r++) {
      if (roles.shared[r]) {
        rowOf[r] = rows.size();
        rows.add(new Row(new int[] {r}, problem.capacity[r]));
      }
    }
    sharedRows = rows.size();
    out = new int[pools.size()][];
    in = new int[pools.size()][];
    for (int g = 0; g < out.length; g++) {
      int[] hosts = pools.get(g).hosts();
      int[] up = poolRow(hosts, roles::up);
      int[] duplex = poolRow(hosts, roles::duplex);
      // A single one among a relay's pool may have no limit of its own: then the pool has none.
      int[] down = pools.get(g).relay() ? poolRow(hosts, roles::down) : NOTHING;
      out[g] = concat(up, duplex, rows(roles.sharedEgress(hosts[0])));
      in[g] = concat(down, duplex, rows(roles.sharedIngress(hosts[0])));
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

  private int[] rows(int[] resources) {
    return Arrays.stream(resources).map(r -> rowOf[r]).toArray();
  }

  /** The constraints on the path between the locations of two pools; none where there is none. */
  private int[] via(int from, int to) {
    int[] via = problem.via(pools.get(from).location(), pools.get(to).location());
    return via == null ? NOTHING : rows(via);
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

  /** Whether hosts of one pool can feed hosts of another, or of the same. */
  boolean connects(int from, int to) {
    return problem.via(pools.get(from).location(), pools.get(to).location()) != null
        && up(constraints(from, to));
  }

  /** The price of a byte over one edge; infinite where there is none. */
  double cost(int from, int to, double[] prices) {
    int[] via = problem.via(pools.get(from).location(), pools.get(to).location());
    if (via == null) {
      return Double.POSITIVE_INFINITY;
    }
    double cost = 0;
    if (overlapping) {
      for (int r : constraints(from, to)) {
        cost += price(r, prices);
      }
      return cost;
    }
    for (int r : out[from]) {
      cost += price(r, prices);
    }
    for (int r : via) {
      cost += price(rowOf[r], prices);
    }
    for (int r : in[to]) {
      cost += price(r, prices);
    }
    return cost;
  }

  private double price(int row, double[] prices) {
    return rows.get(row).capacity() > 0 ? prices[row] : Double.POSITIVE_INFINITY;
  }

  /**
   * The constraints that an edge between two connected pools uses. Twice where it uses one twice:
   * inside a pool, hosts' own resources that are used both ways.
   */
  int[] constraints(int from, int to) {
    int[] all = concat(out[from], via(from, to), in[to]);
    if (!overlapping) {
      return all;
    }
    BitSet seen = new BitSet();
    return Arrays.stream(all)
        .filter(
            r -> {
              boolean again = r < sharedRows && seen.get(r);
              seen.set(r);
              return !again;
            })
        .toArray();
  }

  /** The constraints that whatever leaves a host uses. */
  BitSet leaving() {
    BitSet rows = new BitSet();
    Arrays.stream(out).flatMapToInt(Arrays::stream).forEach(rows::set);
    return rows;
  }

  /**
   * The price of a byte over each edge, by pool where it begins and pool where it ends; infinite
   * where there is none.
   *
   * @param prices of a byte by constraint
   */
  double[][] costs(double[] prices) {
    return costs(prices, new double[pools.size()], new double[pools.size()]);
  }

  /** What a byte over each edge costs in money. */
  double[][] money() {
    double[] prices = new double[rows.size()];
    for (int r = 0; r < rowOf.length; r++) {
      if (roles.shared[r]) {
        prices[rowOf[r]] = problem.costPerByte[r];
      }
    }
    return costs(
        prices,
        pools.stream().mapToDouble(p -> roles.ownCost(p.hosts()[0])[0]).toArray(),
        pools.stream().mapToDouble(p -> roles.ownCost(p.hosts()[0])[1]).toArray());
  }

  private double[][] costs(double[] prices, double[] ownLeaving, double[] ownEntering) {
    int n = pools.size();
    double[] leaving = new double[n];
    double[] entering = new double[n];
    for (int g = 0; g < n; g++) {
      leaving[g] = up(out[g]) ? ownLeaving[g] + sum(out[g], prices) : Double.POSITIVE_INFINITY;
      entering[g] = up(in[g]) ? ownEntering[g] + sum(in[g], prices) : Double.POSITIVE_INFINITY;
    }
    double[] via = new double[problem.locations()];
    double[][] costs = new double[n][n];
    int location = -1;
    for (int g = 0; g < n; g++) {
      if (pools.get(g).location() != location || g == 0) {
        location = pools.get(g).location();
        viaCosts(location, prices, via);
      }
      for (int h = 0; h < n; h++) {
        double cost = leaving[g] + via[pools.get(h).location()] + entering[h];
        costs[g][h] =
            overlapping && cost < Double.POSITIVE_INFINITY
                ? ownLeaving[g] + ownEntering[h] + sum(constraints(g, h), prices)
                : cost;
      }
    }
    return costs;
  }

  private void viaCosts(int from, double[] prices, double[] via) {
    Arrays.fill(via, Double.POSITIVE_INFINITY);
    for (int to : problem.pathsFrom[from]) {
      int[] resources = problem.via(from, to);
      if (resources != null && up(rows(resources))) {
        via[to] = sum(rows(resources), prices);
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
}
