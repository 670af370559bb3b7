package dev.waybill.planner.solve.greedy;

import dev.waybill.planner.indexed.BlockClass;
import java.util.Arrays;
import java.util.List;

/**
 * A tree of the greedy solver over which part of a class's blocks flows at one constant rate, each
 * level one block behind the one above.
 */
final class Tree {
  final BlockClass blocks;

  /** Bytes per second. */
  double rate;

  /** The edges, from the roots on: a host's own edge is before those that leave it. */
  final List<Edge> edges;

  /** The resources that edges use, ascending. */
  final int[] resources;

  /** How many edges use each of them. */
  final int[] uses;

  /** One copy: its way, and its level, from 1. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Edge(int from, int to, int[] way, int depth) {}

  Tree(BlockClass blocks, double rate, List<Edge> edges) {
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

  /** Whether it begins at a host, rather than coming by it. */
  boolean isRoot(int host) {
    return edges.stream().anyMatch(e -> e.from() == host && e.depth() == 1);
  }

  int depth() {
    return edges.stream().mapToInt(Edge::depth).max().orElse(0);
  }
}
