package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.List;

/**
 * How fast all blocks of a planning problem can spread if they were a fluid: a packing of trees
 * under the resources' capacities, and the proof that no packing is faster.
 *
 * <p>In any schedule the copies of one block form a tree from its possessors to its needers. So for
 * any price p_r of a byte over each resource r, with V_r(T) the bytes that r can carry by T,
 *
 * <pre>sum over r of p_r V_r(T)  &gt;=  sum over classes of bytes * cost of its cheapest tree</pre>
 *
 * and the least T that keeps this is a lower bound on the makespan. The best prices are the duals
 * of the linear program: minimise T, so that the trees carry all bytes of each class and no
 * resource carries more than V_r(T). It has a row for each resource and a column for each tree;
 * columns are made as they are needed (Edmonds' branching theorem makes this the maximum rate of
 * Barahona, Packing spanning trees, and of Kumar and Ross; with several classes it is a concurrent
 * packing). Hosts that are alike are pooled, see {@link Pool}. The bound is computed from the
 * prices alone, not from the linear program's solution: prices that are not the best, since work is
 * limited or an engine has erred, make it smaller and never wrong.
 *
 * @param seconds the proven lower bound on the makespan; infinite where some class has no tree
 * @param fluidSeconds what the trees need if each carries its bytes at a constant rate all the
 *     time; {@code seconds} to within the engine's tolerance, unless trees go through relays or
 *     work was cut short. Infinite where there are no trees
 * @param prices for each resource, by how much {@code seconds} falls for each byte per second that
 *     it gets more: not negative; without copies in progress, sum of price * capacity = seconds
 * @param pools the hosts that take part
 * @param trees for each class trees over which all its bytes flow
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record FractionalPacking(
    double seconds,
    double fluidSeconds,
    double[] prices,
    List<Pool> pools,
    List<PooledTree> trees) {
  /** Commodities times pairs of pools that may be looked at for blocks that come to be later. */
  private static final double WORK_ON_RELEASES = 2e6;

  public FractionalPacking {
    pools = List.copyOf(pools);
    trees = List.copyOf(trees);
  }

  /** The packing of everything that {@code problem} still needs. Deterministic. */
  public static FractionalPacking of(IndexedProblem problem) {
    return of(problem, 0);
  }

  /**
   * The same, but work ends once it is clear that the bound is not above {@code enough}, which is
   * proven otherwise.
   */
  public static FractionalPacking of(IndexedProblem problem, double enough) {
    List<BlockClass> classes = BlockClass.of(problem);
    if (classes.isEmpty()) {
      return new FractionalPacking(0, 0, new double[problem.capacity.length], List.of(), List.of());
    }
    Pooling pooling = Pooling.of(problem, classes);
    PooledNetwork network = new PooledNetwork(pooling);
    FreeCapacity free = new FreeCapacity(problem);
    ColumnGeneration.Result all =
        new ColumnGeneration(network, pooling.commodities, free, 0, enough).run();
    Proof best = later(problem, pooling, network, free, enough, all.proof());
    return new FractionalPacking(
        best.seconds(),
        all.fluidSeconds(),
        best.shadowPrices(),
        network.pools,
        new TreeSharing(pooling.commodities, all.columns()).share(all.shares()));
  }

  /** The best of {@code best} and of what has to be sent from some later time on. */
  private static Proof later(
      IndexedProblem problem,
      Pooling pooling,
      PooledNetwork network,
      FreeCapacity free,
      double enough,
      Proof all) {
    Proof best = all;
    Releases releases = new Releases(problem);
    double work = WORK_ON_RELEASES / ((double) network.pools.size() * network.pools.size());
    for (double from : releases.times()) {
      List<Commodity> later = releases.from(pooling.commodities, from);
      double known = Math.max(enough, best.seconds());
      work -= later.size();
      if (!later.isEmpty() && Double.isFinite(known) && work > 0) {
        Proof proof = new ColumnGeneration(network, later, free, from, known - from).run().proof();
        best = proof.seconds() > best.seconds() ? proof : best;
      }
    }
    return best;
  }
}
