package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.lp.LpOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The column generation of a fractional packing: prices, the cheapest tree of each commodity at
 * these prices, the linear program over all trees so far, its duals as the next prices.
 *
 * <p>Work is limited by a count of steps, not by a clock, so that results are the same everywhere.
 */
final class ColumnGeneration {
  /** Pairs of pools that may be looked at altogether. */
  private static final double WORK = 4e7;

  /** What solving the linear program costs for each entry of its matrix, in pairs of pools. */
  private static final double WORK_OF_AN_ENTRY = 100;

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

  private final PooledNetwork network;
  private final List<Commodity> commodities;
  private final List<TreePricing> pricings = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final FreeCapacity free;
  private final double from;
  private final double enough;
  private final Congestion congestion;
  private final PriceVectors vectors;
  private final Proof proof;

  /** The best bound of the linear program as it stands: it may see copies in progress wrongly. */
  private double reached;

  /** Work of pricing each commodity once. */
  private final double workOfARound;

  private double workLeft = WORK;

  /** What came of it: the bound, and shares of the columns of a packing that takes so long. */
  record Result(Proof proof, List<Column> columns, List<Double> shares, double fluidSeconds) {}

  /**
   * @param from seconds before which nothing of the commodities can be sent
   * @param enough seconds from then on that are known otherwise to be needed: work ends where it is
   *     clear that no more can be proven
   */
  ColumnGeneration(
      PooledNetwork network,
      List<Commodity> commodities,
      FreeCapacity free,
      double from,
      double enough) {
    this.network = network;
    this.commodities = commodities;
    this.free = free;
    this.from = from;
    this.enough = enough;
    commodities.forEach(c -> pricings.add(new TreePricing(network.pools, c)));
    workOfARound = pricings.stream().mapToDouble(TreePricing::work).sum();
    congestion = new Congestion(network);
    vectors = new PriceVectors(network.rows);
    proof = new Proof(network, free, from);
  }

  Result run() {
    if (network.pools.size() > MOST_POOLS) {
      return new Result(proof, columns, List.of(), Double.POSITIVE_INFINITY);
    }
    prove(vectors.equal(network.leaving()));
    double affordable =
        Math.min((double) COLUMNS_AT_START / pricings.size(), WORK / 4 / workOfARound);
    int starts = (int) Math.max(2, Math.min(STARTS, affordable));
    for (int i = 0; i < starts; i++) {
      PricedTree[] trees = prove(congestion.next(proven()));
      if (trees == null) {
        proof.never();
        return new Result(proof, List.of(), List.of(), Double.POSITIVE_INFINITY);
      }
      addBalanced(trees);
      double equally = congestion.fluidSeconds() / (i + 1);
      if (equally <= enough && !loaded()) {
        // These trees show that the bound is no more than what is known: no need to load natives.
        List<Double> shares = Collections.nCopies(columns.size(), 1.0 / (i + 1));
        return new Result(proof, columns, shares, equally);
      }
    }
    try (MasterProgram master = new MasterProgram(network.rows, commodities, columns)) {
      for (int reload = 0; reload < RELOADS; reload++) {
        double before = proof.seconds();
        master.setLoads(loads(reload == 0 ? Double.POSITIVE_INFINITY : before));
        generate(master);
        if (!loaded() || proof.seconds() <= before * (1 + CLOSE)) {
          break;
        }
      }
      return new Result(proof, columns, master.shares(), master.seconds());
    }
  }

  private double proven() {
    return Math.max(0, proof.seconds() - from);
  }

  private boolean loaded() {
    return !network.problem.loads.isEmpty();
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
      double[] prices =
          PriceVectors.mixed(
              duals, smooth ? proof.prices() : vectors.byCapacity(), smooth ? SMOOTHING : BLUR);
      PricedTree[] trees = price(prices);
      if (trees == null) {
        return;
      }
      double demand = demand(trees);
      proof.offer(prices, demand);
      reached = Math.max(reached, master.bound(demand, prices));
      double close = Math.min(LOOSE, CLOSE * Math.pow(10, (double) round / ROUNDS_A_DIGIT));
      if (master.seconds() * (1 - close) <= Math.max(Math.max(reached, proven()), enough)) {
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
      Commodity of = commodities.get(c);
      List<PooledEdge> edges =
          congestion.spread(of.sources(), trees[c], !pricings.get(c).exact(), of.bytes());
      columns.add(Column.of(c, edges, network));
    }
  }

  /** Adds one more balanced tree of each commodity; false if none improves the program. */
  private boolean addBalanced(double[] duals, MasterProgram master) {
    PricedTree[] trees = prove(congestion.next(proven()));
    int before = columns.size();
    if (trees != null) {
      addBalanced(trees);
      columns.subList(before, columns.size()).removeIf(c -> !master.improves(c, duals));
    }
    return columns.size() > before;
  }

  /** The cheapest tree of each commodity, or null where some commodity has none. */
  private PricedTree @Nullable [] price(double[] prices) {
    workLeft -= workOfARound;
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
      sum += commodities.get(c).bytes() * trees[c].atLeast();
    }
    return sum;
  }

  /** Prices trees and keeps {@code prices} where they prove more than the best so far. */
  private PricedTree @Nullable [] prove(double[] prices) {
    PricedTree[] trees = price(prices);
    if (trees != null) {
      proof.offer(prices, demand(trees));
    }
    return trees;
  }

  /** By row, bytes that copies in progress carry from {@link #from} until {@code time}. */
  private double[] loads(double time) {
    double[] loads = new double[network.rows.size()];
    for (int i = 0; i < loads.length && loaded(); i++) {
      for (int r : network.rows.get(i).resources()) {
        double until = Math.max(from, Math.min(time, free.busyUntil(r)));
        double capacity = network.problem.capacity[r];
        loads[i] += capacity * (until - from) - free.volume(r, from, until);
      }
    }
    return loads;
  }
}
