package dev.waybill.planner.solve.flow;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Grows one tree of the flow solver level by level: locations that the tree has not entered first,
 * then hosts, those that may have many children before those that may have few.
 */
final class TreeGrowth {
  private static final double ROUNDING = 1 - 1e-9;

  /** How many locations that a sender can't reach any more are passed over for one child. */
  private static final int REFUSALS = 4;

  /** Whom hosts feed before others. */
  enum Order {
    /** Locations that the tree has not entered, then whoever may have most children. */
    ANY,
    /** Locations that the tree has not entered, then their own; each is entered once. */
    PER_LOCATION,
    /**
     * Their own location, until all of it has been fed; each is entered once. So a chain fits where
     * a host can send to one other only.
     */
    OWN_FIRST
  }

  private final Terrain terrain;
  private final IndexedProblem problem;
  private final Division division;
  private final int tree;
  private final double rate;
  private final double[] capacity;
  private final double[] used;
  private final SplittableRandom random;
  private final double nearness;

  private final List<Tree.Edge> edges = new ArrayList<>();

  /** By host, how many children it may still have. */
  private final int[] left;

  private final int[] depth;

  /** By location, its needers in the order in which they are attached, and the next of them. */
  private final int[][] waiting;

  private final int[] next;
  private final int[] entriesLeft;
  private final boolean[] entered;

  /** By location, the last sender that could not reach it. */
  private final int[] refused;

  private int unattached;
  private List<Integer> level = new ArrayList<>();

  /**
   * @param used of each resource, bytes per second; what the tree uses is added
   * @param nearness how many children more a host elsewhere must be able to have to go first
   */
  TreeGrowth(
      Terrain terrain,
      Division division,
      int tree,
      double rate,
      double[] capacity,
      double[] used,
      double nearness,
      SplittableRandom random) {
    this.terrain = terrain;
    this.problem = terrain.problem;
    this.division = division;
    this.tree = tree;
    this.rate = rate;
    this.capacity = capacity;
    this.used = used;
    this.nearness = nearness;
    this.random = random;
    left = new int[problem.hosts()];
    depth = new int[problem.hosts()];
    waiting = new int[problem.locations()][0];
    next = new int[problem.locations()];
    entriesLeft = new int[problem.locations()];
    entered = terrain.hasRoot.clone();
    refused = new int[problem.locations()];
    Arrays.fill(refused, -1);
    unattached = terrain.cargo.needers().length;
    for (int h : terrain.cargo.needers()) {
      left[h] = division.children[h][tree];
    }
    for (int l = 0; l < entriesLeft.length; l++) {
      entriesLeft[l] = division.entries[l][tree];
      waiting[l] = ordered(terrain.needersAt[l]);
    }
  }

  /** Those with most children first, others shuffled. */
  private int[] ordered(int[] hosts) {
    double[] key = new double[hosts.length];
    Integer[] order = new Integer[hosts.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      key[i] = left[hosts[i]] + random.nextDouble() / 2;
    }
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -key[i]));
    return Arrays.stream(order).mapToInt(i -> hosts[i]).toArray();
  }

  /** The edges from the roots on, or null where the tree does not fit. */
  @Nullable List<Tree.Edge> edges(Order growth) {
    List<Integer> open = new ArrayList<>();
    for (int r : terrain.roots) {
      left[r] = division.children[r][tree];
      open.add(r);
    }
    while (unattached > 0) {
      level = new ArrayList<>();
      if (growth == Order.OWN_FIRST) {
        open.forEach(this::feedOwn);
      }
      if (growth != Order.OWN_FIRST || level.isEmpty()) {
        open.forEach(this::enter);
      }
      if (growth == Order.PER_LOCATION) {
        open.forEach(this::feedOwn);
      }
      if (growth == Order.ANY || level.isEmpty()) {
        open.forEach(this::feedAny);
      }
      if (level.isEmpty()) {
        return null;
      }
      open.addAll(level);
      open.removeIf(h -> left[h] == 0);
    }
    return edges;
  }

  private void enter(int from) {
    int here = problem.location[from];
    while (left[from] > 0 && entriesLeft[here] > 0) {
      int best = -1;
      double most = -1;
      for (int to : problem.pathsFrom[here]) {
        if (!entered[to] && waits(to)) {
          double key = division.entries[to][tree] + random.nextDouble() / 2;
          if (key > most && fits(from, waiting[to][next[to]])) {
            best = to;
            most = key;
          }
        }
      }
      if (best < 0) {
        return;
      }
      entriesLeft[here]--;
      attach(from, best);
    }
  }

  private void feedOwn(int from) {
    int here = problem.location[from];
    while (left[from] > 0 && waits(here) && fits(from, waiting[here][next[here]])) {
      attach(from, here);
    }
  }

  private void feedAny(int from) {
    int to = left[from] > 0 ? bestLocation(from) : -1;
    while (to >= 0) {
      attach(from, to);
      to = left[from] > 0 ? bestLocation(from) : -1;
    }
  }

  /** Where the host waits that may have the most children, or -1. */
  private int bestLocation(int from) {
    int here = problem.location[from];
    for (int i = 0; i < REFUSALS; i++) {
      int best = -1;
      double most = Double.NEGATIVE_INFINITY;
      for (int to : problem.pathsFrom[here]) {
        if (waits(to) && refused[to] != from) {
          double rest = (double) (waiting[to].length - next[to]) / waiting[to].length;
          double key = left[waiting[to][next[to]]] + (to == here ? nearness : rest / 1000);
          if (key > most) {
            best = to;
            most = key;
          }
        }
      }
      if (best < 0 || fits(from, waiting[best][next[best]])) {
        return best;
      }
      refused[best] = from;
    }
    return -1;
  }

  private boolean waits(int location) {
    return next[location] < waiting[location].length;
  }

  private boolean fits(int from, int to) {
    return fits(problem.egress[from])
        && fits(problem.ingress[to])
        && fits(problem.via(problem.location[from], problem.location[to]));
  }

  private boolean fits(int @Nullable [] resources) {
    if (resources == null) {
      return false;
    }
    for (int r : resources) {
      if (capacity[r] - used[r] < rate * ROUNDING) {
        return false;
      }
    }
    return true;
  }

  private void attach(int from, int location) {
    int to = waiting[location][next[location]++];
    int[] way = Objects.requireNonNull(problem.way(from, to));
    for (int r : way) {
      used[r] += rate;
    }
    entered[location] = true;
    left[from]--;
    unattached--;
    depth[to] = depth[from] + 1;
    edges.add(new Tree.Edge(from, to, way, depth[to]));
    level.add(to);
  }
}
