package dev.waybill.planner.packing;

import java.util.List;

/**
 * A cheap tree for a commodity of a packing problem at some prices.
 *
 * @param edges of the tree, each feeding pool after those that feed it
 * @param atLeast no tree whatever costs less a byte
 */
record PricedTree(List<PooledEdge> edges, double atLeast) {}
