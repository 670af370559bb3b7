package dev.waybill.planner.solve.tree;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Grows one pipelined tree at a time within what earlier trees have left of the capacities: hosts
 * with the most free egress first, each below the cheapest host that still has the rate to give, by
 * depth, load of the way, load of the sender, and money.
 */
final class TreeGrower {
  private static final double WAY_WEIGHT = 3;
  private static final double LOAD_WEIGHT = 0.5;

  /** Free capacity may fall short of a rate by this share: rounding. */
  private static final double ROUNDING = 1e-9;

  private final IndexedProblem problem;
  private final double[] capacity;
  private final double[] used;
  private final TreeShape shape;
  private final SplittableRandom random;
  private final double highestCost;
  private final boolean[] mayRelay;
  private final int[] depth;
  private final List<PriorityQueue<Parent>> parents = new ArrayList<>();
  private long choices;

  /** A host in the tree that can feed others, with its price when it was put down. */
  private record Parent(int host, double price) {}

  /**
   * @param capacity what trees may use of each resource
   * @param mayRelay hosts through which a tree may go though they don't need its blocks
   */
  TreeGrower(
      IndexedProblem problem, double[] capacity, TreeShape shape, boolean[] mayRelay, long seed) {
    this.problem = problem;
    this.capacity = capacity;
    this.shape = shape;
    this.mayRelay = mayRelay;
    used = new double[capacity.length];
    random = new SplittableRandom(seed);
    highestCost = Math.max(Double.MIN_VALUE, Arrays.stream(problem.costPerByte).max().orElse(0));
    depth = new int[problem.hosts()];
    for (int l = 0; l < problem.locations(); l++) {
      parents.add(new PriorityQueue<>(Comparator.comparingDouble(Parent::price)));
    }
  }

  /** How many pairs of a host and a location to be fed from have been looked at. */
  long choices() {
    return choices;
  }

  double[] used() {
    return used;
  }

  /**
   * A tree from {@code roots} over all needers of {@code blocks} at {@code rate}, or null where it
   * does not fit.
   */
  @Nullable Tree grow(BlockClass blocks, int[] roots, double rate) {
    parents.forEach(PriorityQueue::clear);
    for (int root : roots) {
      depth[root] = 0;
      offer(root, rate);
    }
    List<Tree.Edge> edges = new ArrayList<>();
    Deque<Integer> waiting = new ArrayDeque<>(order(blocks));
    int unattached = blocks.needers().length;
    int passed = 0;
    while (unattached > 0 && passed < waiting.size()) {
      int host = waiting.remove();
      Tree.Edge edge = cheapest(host, rate);
      if (edge == null) {
        waiting.add(host);
        passed++;
        continue;
      }
      passed = 0;
      attach(edge, rate);
      edges.add(edge);
      unattached -= Arrays.binarySearch(blocks.needers(), host) >= 0 ? 1 : 0;
    }
    return unattached > 0 ? null : new Tree(blocks, rate, withoutIdleRelays(blocks, edges, rate));
  }

  /** Needers and relays, those with the most free egress first, a little shuffled. */
  private List<Integer> order(BlockClass blocks) {
    List<Integer> hosts = new ArrayList<>();
    Arrays.stream(blocks.needers()).forEach(hosts::add);
    for (int h = 0; h < mayRelay.length; h++) {
      if (mayRelay[h]
          && Arrays.binarySearch(blocks.needers(), h) < 0
          && Arrays.binarySearch(blocks.possessors(), h) < 0) {
        hosts.add(h);
      }
    }
    double[] key = new double[problem.hosts()];
    for (int h : hosts) {
      key[h] = Math.min(1e15, free(problem.egress[h])) * (1 + 0.2 * random.nextDouble());
    }
    hosts.sort(Comparator.comparingDouble((Integer h) -> key[h]).reversed());
    return hosts;
  }

  private Tree.@Nullable Edge cheapest(int host, double rate) {
    if (!fits(problem.ingress[host], rate)) {
      return null;
    }
    int at = problem.location[host];
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int from : problem.pathsInto[at]) {
      choices++;
      int[] via = problem.via(from, at);
      PriorityQueue<Parent> there = parents.get(from);
      while (!there.isEmpty() && !fits(problem.egress[there.peek().host], rate)) {
        there.remove();
      }
      if (there.isEmpty() || via == null || !fits(via, rate)) {
        continue;
      }
      double price = there.peek().price + wayPrice(via, rate);
      if (price < least) {
        least = price;
        best = there.peek().host;
      }
    }
    int[] way = least < Double.POSITIVE_INFINITY ? problem.way(best, host) : null;
    return way == null ? null : new Tree.Edge(best, host, way, depth[best] + 1);
  }

  private void attach(Tree.Edge edge, double rate) {
    for (int r : edge.way()) {
      used[r] += rate;
    }
    depth[edge.to()] = edge.depth();
    parents.get(problem.location[edge.from()]).remove();
    offer(edge.from(), rate);
    offer(edge.to(), rate);
  }

  private void offer(int host, double rate) {
    if (fits(problem.egress[host], rate)) {
      double price =
          shape.depthWeight() * depth[host]
              + LOAD_WEIGHT * load(problem.egress[host], rate)
              + money(problem.egress[host]);
      parents.get(problem.location[host]).add(new Parent(host, price));
    }
  }

  private double wayPrice(int[] via, double rate) {
    return via.length == 0 ? 0 : WAY_WEIGHT * (0.1 + load(via, rate)) + money(via);
  }

  private double money(int[] resources) {
    double money = 0;
    for (int r : resources) {
      money += problem.costPerByte[r];
    }
    return shape.moneyWeight() * money / highestCost;
  }

  private boolean fits(int[] resources, double rate) {
    return free(resources) >= rate * (1 - ROUNDING);
  }

  private double free(int[] resources) {
    double free = Double.POSITIVE_INFINITY;
    for (int r : resources) {
      free = Math.min(free, capacity[r] - used[r]);
    }
    return free;
  }

  private double load(int[] resources, double rate) {
    double load = 0;
    for (int r : resources) {
      load = Math.max(load, (used[r] + rate) / capacity[r]);
    }
    return load;
  }

  /** Takes out relays that feed nobody, from the leaves up. */
  private List<Tree.Edge> withoutIdleRelays(BlockClass blocks, List<Tree.Edge> edges, double rate) {
    boolean[] needed = new boolean[problem.hosts()];
    Arrays.stream(blocks.needers()).forEach(h -> needed[h] = true);
    Deque<Tree.Edge> kept = new ArrayDeque<>();
    for (int i = edges.size() - 1; i >= 0; i--) {
      Tree.Edge e = edges.get(i);
      if (needed[e.to()]) {
        needed[e.from()] = true;
        kept.addFirst(e);
      } else {
        for (int r : e.way()) {
          used[r] -= rate;
        }
      }
    }
    return List.copyOf(kept);
  }
}
