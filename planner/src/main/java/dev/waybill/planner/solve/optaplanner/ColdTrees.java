package dev.waybill.planner.solve.optaplanner;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.tree.Tree;
import dev.waybill.planner.solve.tree.TreeGround;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Trees to begin with where nothing better is there: each host, in random order, below the one that
 * leaves the fullest resource on its way least full, whatever the rates. For the OptaPlanner
 * solver.
 */
final class ColdTrees {
  /** What a level costs in shares of a resource. */
  private static final double LEVEL = 0.01;

  /** What a receiver too many costs in shares of a resource. */
  private static final double TOO_MANY = 1e3;

  private final TreeGround ground;
  private final IndexedProblem problem;
  private final boolean[] mayRelay;
  private final int mostReceivers;
  private final Random random;
  private final Stop stop;
  private final double[] used;
  private final int[] receivers;
  private final double rate;

  private ColdTrees(TreeGround ground, int mostReceivers, long seed, Stop stop) {
    this.ground = ground;
    this.stop = stop;
    this.problem = ground.problem;
    this.mayRelay = ground.relays(false);
    this.mostReceivers = mostReceivers;
    this.random = new Random(seed);
    used = new double[ground.capacity.length];
    receivers = new int[problem.hosts()];
    rate = Arrays.stream(ground.capacity).filter(c -> c > 0).min().orElse(1);
  }

  /**
   * {@code count} trees for each class, or null where some host is out of reach, or time is over.
   * Hosts may still have too many receivers.
   */
  static @Nullable List<Tree> grow(
      TreeGround ground, int count, int mostReceivers, long seed, Stop stop) {
    ColdTrees cold = new ColdTrees(ground, mostReceivers, seed, stop);
    List<Tree> trees = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      for (BlockClass c : ground.classes) {
        Tree tree = cold.grow(c);
        if (tree == null) {
          return null;
        }
        trees.add(tree);
      }
    }
    return trees;
  }

  private @Nullable Tree grow(BlockClass c) {
    int[] depth = new int[problem.hosts()];
    List<Integer> inside = new ArrayList<>();
    Arrays.stream(ground.roots(c)).forEach(inside::add);
    List<Integer> waiting = new ArrayList<>();
    for (int h = 0; h < problem.hosts(); h++) {
      if (Arrays.binarySearch(c.needers(), h) >= 0
          || (mayRelay[h] && Arrays.binarySearch(c.possessors(), h) < 0)) {
        waiting.add(h);
      }
    }
    Collections.shuffle(waiting, random);
    List<Tree.Edge> edges = new ArrayList<>();
    boolean grown = true;
    while (grown && !waiting.isEmpty()) {
      grown = false;
      List<Integer> left = new ArrayList<>();
      for (int host : waiting) {
        Tree.Edge edge = cheapest(inside, host, depth);
        if (edge == null) {
          left.add(host);
        } else {
          grown = true;
          depth[host] = edge.depth();
          inside.add(host);
          edges.add(edge);
          receivers[edge.from()]++;
          for (int r : edge.way()) {
            used[r] += rate;
          }
        }
      }
      waiting = left;
    }
    boolean whole = waiting.stream().noneMatch(h -> Arrays.binarySearch(c.needers(), h) >= 0);
    return whole ? new Tree(c, rate, Tree.useful(c, edges)) : null;
  }

  private Tree.@Nullable Edge cheapest(List<Integer> inside, int host, int[] depth) {
    Tree.Edge best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int from : stop.now() ? List.<Integer>of() : inside) {
      int[] way = problem.way(from, host);
      if (way != null && ground.isOpen(way)) {
        double full = 0;
        for (int r : way) {
          full = Math.max(full, (used[r] + rate) / ground.capacity[r]);
        }
        int tooMany = Math.max(0, receivers[from] + 1 - mostReceivers);
        double price = full + LEVEL * depth[from] + TOO_MANY * tooMany;
        if (price < least) {
          least = price;
          best = new Tree.Edge(from, host, way, depth[from] + 1);
        }
      }
    }
    return best;
  }
}
