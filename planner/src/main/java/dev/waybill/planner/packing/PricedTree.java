package dev.waybill.planner.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * A cheap tree for a commodity of a packing problem at some prices.
 *
 * @param first the edges over which its pools are first reached, each after the one that reaches
 *     the pool that it comes from
 * @param further the edges to the other needers of its pools
 * @param atLeast no tree whatever costs less a byte
 */
record PricedTree(List<PooledEdge> first, List<PooledEdge> further, double atLeast) {
  List<PooledEdge> edges() {
    List<PooledEdge> all = new ArrayList<>(first);
    all.addAll(further);
    return all;
  }
}
