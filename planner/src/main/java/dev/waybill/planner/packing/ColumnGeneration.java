package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.lp.LpOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The column generation of a fractional packing: prices, the cheapest tree of each commodity at
 * these prices, the linear program over all trees so far, its duals as the next prices.
 *
 * <p>Work is limited by a count of steps, not by a clock, so that results are the same everywhere.
 */
final class ColumnGeneration {
  /** Pairs of pools that may be looked at in one round before pools are made coarser. */
  private static final double WORK_OF_A_ROUND = 1e7;

  /** Pairs of pools that may be looked at altogether. */
  private static final double WORK = 3e8;

  private static final int ROUNDS = 400;
  private static final int MOST_POOLS = 2048;

  /** Relative distance of bound and solution at which they count as equal. */
  private static final double CLOSE = 1e-7;

  /** Weight of prices by capacity alone in all prices: among equals the emptier edge is taken. */
  private static final double BLUR = 1e-7;

  /** How often copies in progress are accounted for anew with the bound that came of it. */
  private static final int RELOADS = 3;

  private final IndexedProblem problem;
  private final FreeCapacity free;
  private final Pooling pooling;
  private final PooledNetwork network;
  private final List<TreePricing> pricings = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private double[] bestPrices;
  private double best;
  private double workLeft = WORK;

  ColumnGeneration(IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    this.problem = problem;
    this.free = free;
    ResourceRoles roles = new ResourceRoles(problem);
    Pooling pooled = new Pooling(problem, roles, classes, Pooling.Likeness.HOLDINGS_AND_NEEDS);
    for (Pooling.Likeness coarser : List.of(Pooling.Likeness.HOLDINGS, Pooling.Likeness.NETWORK)) {
      if (pooled.work() > WORK_OF_A_ROUND) {
        pooled = new Pooling(problem, roles, classes, coarser);
      }
    }
    pooling = pooled;
    network = new PooledNetwork(pooling);
    pooling.commodities.forEach(c -> pricings.add(new TreePricing(network.pools, c)));
    bestPrices = new double[network.rows.size()];
  }

  FractionalPacking run() {
    if (network.pools.size() > MOST_POOLS) {
      return result(List.of(), Double.POSITIVE_INFINITY);
    }
    double[] prices = byCapacity();
    PricedTree[] trees = price(prices);
    if (trees == null) {
      best = Double.POSITIVE_INFINITY;
      return result(List.of(), Double.POSITIVE_INFINITY);
    }
    prove(prices, trees);
    addColumns(trees);
    try (MasterProgram master = new MasterProgram(network.rows, pooling.commodities, columns)) {
      for (int reload = 0; reload < RELOADS; reload++) {
        double before = best;
        master.setLoads(loads(reload == 0 ? Double.POSITIVE_INFINITY : best));
        generate(master);
        if (problem.loads.isEmpty() || best <= before * (1 + CLOSE)) {
          break;
        }
      }
      return result(master.shares(), master.seconds());
    }
  }

  private void generate(MasterProgram master) {
    for (int round = 0; round < ROUNDS && workLeft > 0; round++) {
      if (master.solve() instanceof LpOutcome.Failed) {
        return;
      }
      double[] prices = blurred(master.prices());
      PricedTree[] trees = price(prices);
      if (trees == null) {
        return;
      }
      prove(prices, trees);
      if (master.seconds() * (1 - CLOSE) <= master.bound(demand(trees), prices)) {
        return;
      }
      int before = columns.size();
      for (int c = 0; c < trees.length; c++) {
        Column column = column(c, trees[c]);
        if (master.improves(column, prices)) {
          columns.add(column);
        }
      }
      if (columns.size() == before) {
        return;
      }
      master.addNew();
    }
  }

  /** The cheapest tree of each commodity, or null where some commodity has none. */
  private PricedTree @Nullable [] price(double[] prices) {
    workLeft -= pooling.work();
    double[][] costs = network.costs(prices);
    PricedTree[] trees = new PricedTree[pricings.size()];
    for (int c = 0; c < trees.length; c++) {
      PricedTree tree = pricings.get(c).cheapest(costs);
      if (tree == null) {
        return null;
      }
      trees[c] = tree;
    }
    return trees;
  }

  private double demand(PricedTree[] trees) {
    double sum = 0;
    for (int c = 0; c < trees.length; c++) {
      sum += pooling.commodities.get(c).bytes() * trees[c].atLeast();
    }
    return sum;
  }

  /** Keeps {@code prices} where they prove more than the best so far. */
  private void prove(double[] prices, PricedTree[] trees) {
    double[] byResource = byResource(prices);
    int[] priced = IntStream.range(0, byResource.length).filter(r -> byResource[r] > 0).toArray();
    double[] weights = Arrays.stream(priced).mapToDouble(r -> byResource[r]).toArray();
    double seconds = free.earliest(priced, weights, new double[priced.length], demand(trees));
    if (seconds > best) {
      best = seconds;
      bestPrices = prices;
    }
  }

  private double[] byResource(double[] prices) {
    double[] of = new double[problem.capacity.length];
    for (int i = 0; i < prices.length; i++) {
      for (int r : network.rows.get(i).resources()) {
        of[r] += prices[i];
      }
    }
    return of;
  }

  private void addColumns(PricedTree[] trees) {
    for (int c = 0; c < trees.length; c++) {
      columns.add(column(c, trees[c]));
    }
  }

  private Column column(int commodity, PricedTree tree) {
    return Column.of(commodity, tree.edges(), network);
  }

  /** By row, bytes that copies in progress carry until {@code time}. */
  private double[] loads(double time) {
    double[] loads = new double[network.rows.size()];
    for (int i = 0; i < loads.length && !problem.loads.isEmpty(); i++) {
      for (int r : network.rows.get(i).resources()) {
        double until = Math.min(time, free.busyUntil(r));
        loads[i] += problem.capacity[r] * until - free.volume(r, 0, until);
      }
    }
    return loads;
  }

  /** Every row that can be used at all is worth the same. */
  private double[] byCapacity() {
    double[] prices = new double[network.rows.size()];
    long usable = network.rows.stream().filter(r -> r.capacity() > 0).count();
    for (int i = 0; i < prices.length; i++) {
      double capacity = network.rows.get(i).capacity();
      prices[i] = capacity > 0 ? 1 / (capacity * usable) : 0;
    }
    return prices;
  }

  private double[] blurred(double[] prices) {
    double[] flat = byCapacity();
    double[] mixed = new double[prices.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (1 - BLUR) * prices[i] + BLUR * flat[i];
    }
    return mixed;
  }

  private FractionalPacking result(List<Double> shares, double fluidSeconds) {
    return new FractionalPacking(
        best,
        fluidSeconds,
        shadowPrices(),
        network.pools,
        new TreeSharing(pooling.commodities, columns).share(shares));
  }

  /**
   * By the implicit function theorem: T solves sum of p V(T) = demand, so a resource's capacity c
   * moves it by -p (seconds in which it is open) / sum of p V'(T).
   */
  private double[] shadowPrices() {
    double[] prices = byResource(bestPrices);
    double growth = 0;
    for (int r = 0; r < prices.length; r++) {
      growth += prices[r] * free.rate(r, best);
    }
    for (int r = 0; r < prices.length; r++) {
      prices[r] =
          growth > 0 && Double.isFinite(best)
              ? prices[r] * free.openSeconds(r, 0, best) / growth
              : 0;
    }
    return prices;
  }
}
