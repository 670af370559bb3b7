package dev.waybill.planner.solve.tree;

import dev.waybill.planner.indexed.BlockClass;
import java.util.Arrays;
import java.util.List;

/**
 * A tree of the planner's pipelined plans, over which part of a class's blocks flows at one
 * constant rate, each level one block behind the one above.
 */
public final class Tree {
  public final BlockClass blocks;

  /** Bytes per second. */
  public final double rate;

  /** The edges, from the roots on: a host's own edge is before those that leave it. */
  public final List<Edge> edges;

  /** The resources that edges use, ascending. */
  public final int[] resources;

  /** How many edges use each of them. */
  public final int[] uses;

  /** One copy: its way, and its level, from 1. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  public record Edge(int from, int to, int[] way, int depth) {}

  public Tree(BlockClass blocks, double rate, List<Edge> edges) {
    this.blocks = blocks;
    this.rate = rate;
    this.edges = List.copyOf(edges);
    int[] all = edges.stream().flatMapToInt(e -> Arrays.stream(e.way())).sorted().toArray();
    resources = Arrays.stream(all).distinct().toArray();
    uses = new int[resources.length];
    for (int r : all) {
      uses[Arrays.binarySearch(resources, r)]++;
    }
  }

  private Tree(Tree shape, double rate) {
    this.blocks = shape.blocks;
    this.rate = rate;
    this.edges = shape.edges;
    this.resources = shape.resources;
    this.uses = shape.uses;
  }

  /** The same edges at another rate. */
  public Tree withRate(double newRate) {
    return new Tree(this, newRate);
  }

  /** Whether it begins at a host, rather than coming by it. */
  public boolean isRoot(int host) {
    return edges.stream().anyMatch(e -> e.from() == host && e.depth() == 1);
  }

  /** The level of the deepest host, from 1; 0 where there is none. */
  public int depth() {
    return edges.stream().mapToInt(Edge::depth).max().orElse(0);
  }
}
