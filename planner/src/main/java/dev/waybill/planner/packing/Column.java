package dev.waybill.planner.packing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
    double[] used = new double[network.rows.size()];
    edges.forEach(e -> network.use(e.from(), e.to(), e.copies(), used));
    int[] rows = IntStream.range(0, used.length).filter(r -> used[r] > 0).toArray();
    return new Column(
        commodity, edges, rows, Arrays.stream(rows).mapToDouble(r -> used[r]).toArray());
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
