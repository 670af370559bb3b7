package dev.waybill.planner.packing;

import java.util.List;
import java.util.TreeMap;

/**
 * A tree as a column of the packing's linear program.
 *
 * @param commodity index of the commodity that it carries
 * @param edges of the tree
 * @param rows the constraints that it uses, ascending
 * @param uses how often it uses each: bytes over it for each byte of the commodity
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Column(int commodity, List<PooledEdge> edges, int[] rows, double[] uses) {
  static Column of(int commodity, List<PooledEdge> edges, PooledNetwork network) {
    TreeMap<Integer, Integer> used = new TreeMap<>();
    for (PooledEdge e : edges) {
      for (int r : network.constraints(e.from(), e.to())) {
        used.merge(r, e.copies(), Integer::sum);
      }
    }
    return new Column(
        commodity,
        edges,
        used.keySet().stream().mapToInt(r -> r).toArray(),
        used.values().stream().mapToDouble(n -> n).toArray());
  }

  /** What a byte over it costs. */
  double cost(double[] prices) {
    double cost = 0;
    for (int i = 0; i < rows.length; i++) {
      cost += prices[rows[i]] * uses[i];
    }
    return cost;
  }
}
