package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.BlockClass;
import java.util.List;

/**
 * A tree of a fractional packing over which some of a class's bytes flow to all hosts that need
 * them.
 *
 * <p>Who of a pool feeds whom is left open. The hosts of a pool that are fed from other pools come
 * first: from them and from possessors the others of the pool are fed, those that an edge from the
 * pool to itself counts.
 *
 * @param blocks whose bytes flow over it
 * @param bytes how many of them, above 0
 * @param edges its edges, each feeding pool after those that feed it; for every pool the copies
 *     into it are as many as its hosts that need the blocks, and at least one for a relay's pool
 *     that the tree passes
 */
public record PooledTree(BlockClass blocks, double bytes, List<PooledEdge> edges) {
  public PooledTree {
    edges = List.copyOf(edges);
  }
}
