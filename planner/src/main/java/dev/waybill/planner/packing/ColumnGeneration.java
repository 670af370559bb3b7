package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.lp.LpOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
  private static final double WORK = 4e7;

  /** What solving the linear program costs for each entry of its matrix, in pairs of pools. */
  private static final double WORK_OF_AN_ENTRY = 30;

  /** Weight of the best prices so far beside the duals. */
  private static final double SMOOTHING = 0.8;

  /** Trees of each commodity before the linear program is first solved. */
  private static final int STARTS = 16;

  private static final int COLUMNS_AT_START = 2000;

  private static final int ROUNDS = 400;
  private static final int MOST_POOLS = 2048;

  /** Relative distance of bound and solution at which they count as equal, at first. */
  private static final double CLOSE = 1e-6;

  /** After how many rounds each that distance may be ten times as much, up to {@link #LOOSE}. */
  private static final int ROUNDS_A_DIGIT = 8;

  private static final double LOOSE = 1e-3;

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
  private final Congestion congestion;
  private final double enough;
  private final double[] byCapacity;
  private double[] bestPrices;
  private double reached;
  private double best;
  private double workLeft = WORK;

  /**
   * @param enough a bound that is known otherwise: work ends where this one can't exceed it
   */
  ColumnGeneration(
      IndexedProblem problem, FreeCapacity free, List<BlockClass> classes, double enough) {
    this.enough = enough;
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
    congestion = new Congestion(network);
    byCapacity = byCapacity(network);
    bestPrices = new double[network.rows.size()];
  }

  FractionalPacking run() {
    if (network.pools.size() > MOST_POOLS) {
      return result(List.of(), Double.POSITIVE_INFINITY);
    }
    prove(equal(network.leaving()));
    int starts = Math.max(2, Math.min(STARTS, COLUMNS_AT_START / pricings.size()));
    for (int i = 0; i < starts; i++) {
      PricedTree[] trees = prove(congestion.next(best));
      if (trees == null) {
        best = Double.POSITIVE_INFINITY;
        return result(List.of(), Double.POSITIVE_INFINITY);
      }
      addBalanced(trees);
    }
    if (congestion.fluidSeconds() / starts <= enough && problem.loads.isEmpty()) {
      // Already these trees show that the bound is no more than what is known: no need of natives.
      Double[] equal = new Double[columns.size()];
      Arrays.fill(equal, 1.0 / starts);
      return result(List.of(equal), congestion.fluidSeconds() / starts);
    }
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

  /**
   * Rounds until bound and solution meet. Duals of a program with few columns jump: most of them
   * are 0. So trees are priced between the best prices so far and the duals (Wentges, Weighted
   * Dantzig-Wolfe decomposition, 1997), and at the duals alone where that makes no progress.
   */
  private void generate(MasterProgram master) {
    boolean smooth = true;
    boolean balanced = true;
    for (int round = 0; round < ROUNDS && workLeft > 0; round++) {
      if (master.solve() instanceof LpOutcome.Failed) {
        return;
      }
      double[] duals = master.prices();
      double[] prices = mixed(duals, smooth ? bestPrices : byCapacity, smooth ? SMOOTHING : BLUR);
      PricedTree[] trees = price(prices);
      if (trees == null) {
        return;
      }
      double demand = demand(trees);
      prove(prices, demand);
      reached = Math.max(reached, master.bound(demand, prices));
      double close = Math.min(LOOSE, CLOSE * Math.pow(10, round / ROUNDS_A_DIGIT));
      if (master.seconds() * (1 - close) <= Math.max(Math.max(reached, best), enough)) {
        return;
      }
      int before = columns.size();
      for (int c = 0; c < trees.length; c++) {
        Column column = Column.of(c, trees[c].edges(), network);
        if (master.improves(column, duals)) {
          columns.add(column);
        }
      }
      balanced = balanced && addBalanced(duals, master);
      if (columns.size() == before && !smooth) {
        return;
      }
      smooth = columns.size() > before;
      master.addNew();
      workLeft -= WORK_OF_AN_ENTRY * master.entries();
    }
  }

  private void addBalanced(PricedTree[] trees) {
    for (int c = 0; c < trees.length; c++) {
      Commodity of = pooling.commodities.get(c);
      List<PooledEdge> edges =
          congestion.spread(of.sources(), trees[c], !pricings.get(c).exact(), of.bytes());
      columns.add(Column.of(c, edges, network));
    }
  }

  /** Adds one more balanced tree of each commodity; false if none improves the program. */
  private boolean addBalanced(double[] duals, MasterProgram master) {
    PricedTree[] trees = prove(congestion.next(best));
    int before = columns.size();
    if (trees != null) {
      addBalanced(trees);
      columns.subList(before, columns.size()).removeIf(c -> !master.improves(c, duals));
    }
    return columns.size() > before;
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

  /** Prices trees and keeps {@code prices} where they prove more than the best so far. */
  private PricedTree @Nullable [] prove(double[] prices) {
    PricedTree[] trees = price(prices);
    if (trees != null) {
      prove(prices, demand(trees));
    }
    return trees;
  }

  private void prove(double[] prices, double demand) {
    double[] byResource = byResource(prices);
    int[] priced = IntStream.range(0, byResource.length).filter(r -> byResource[r] > 0).toArray();
    double[] weights = Arrays.stream(priced).mapToDouble(r -> byResource[r]).toArray();
    double seconds = free.earliest(priced, weights, new double[priced.length], demand);
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

  /** {@code rows} have the same price, as in the bound of Kumar and Ross. */
  private double[] equal(BitSet rows) {
    double[] prices = new double[network.rows.size()];
    double capacity = rows.stream().mapToDouble(r -> network.rows.get(r).capacity()).sum();
    rows.stream().forEach(r -> prices[r] = capacity > 0 ? 1 / capacity : 0);
    return prices;
  }

  /** Every row that can be used at all is worth the same. */
  private static double[] byCapacity(PooledNetwork network) {
    double[] prices = new double[network.rows.size()];
    long usable = network.rows.stream().filter(r -> r.capacity() > 0).count();
    for (int i = 0; i < prices.length; i++) {
      double capacity = network.rows.get(i).capacity();
      prices[i] = capacity > 0 ? 1 / (capacity * usable) : 0;
    }
    return prices;
  }

  private static double[] mixed(double[] prices, double[] others, double weight) {
    double[] mixed = new double[prices.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (1 - weight) * prices[i] + weight * others[i];
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
