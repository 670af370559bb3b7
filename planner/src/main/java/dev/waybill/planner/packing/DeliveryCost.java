package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import java.util.List;

/**
 * What delivering everything that a planning problem still needs costs at least, whatever the time:
 * each byte of a class crosses a tree, and no tree is cheaper than the cheapest. Exact where trees
 * go over needers alone; with relays it is the dual ascent of {@link SteinerArborescence}.
 */
public final class DeliveryCost {
  private DeliveryCost() {}

  /** Sum over classes of bytes * cost of a byte over the cheapest tree; infinite without one. */
  public static double atLeast(IndexedProblem problem) {
    List<BlockClass> classes = BlockClass.of(problem);
    if (classes.isEmpty() || Arrays.stream(problem.costPerByte).allMatch(c -> c == 0)) {
      return 0;
    }
    Pooling pooling = Pooling.of(problem, classes);
    double[][] costs = new PooledNetwork(pooling).money();
    double sum = 0;
    for (Commodity c : pooling.commodities) {
      PricedTree tree = new TreePricing(pooling.pools, c).cheapest(costs);
      sum += tree == null ? Double.POSITIVE_INFINITY : c.bytes() * tree.atLeast();
    }
    return sum;
  }
}
