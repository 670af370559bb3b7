package dev.waybill.planner.packing;

/**
 * Part of a pooled tree: hosts of one pool feed hosts of another, or of the same.
 *
 * @param from index of the pool that feeds
 * @param to index of the pool that is fed
 * @param copies how many hosts of {@code to} are fed from {@code from}, at least one
 */
public record PooledEdge(int from, int to, int copies) {
  public PooledEdge {
    if (copies < 1) {
      throw new IllegalArgumentException(copies + " copies from pool " + from + " to " + to);
    }
  }
}
