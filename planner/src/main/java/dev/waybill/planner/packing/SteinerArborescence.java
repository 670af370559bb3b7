package dev.waybill.planner.packing;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A cheap arborescence from a root to some nodes of a dense graph, and a proven lower bound on the
 * cost of every one: for the pricing of trees that may go through relays.
 *
 * <p>The bound is the dual ascent of Wong (A dual ascent approach for Steiner tree problems on a
 * directed graph, Mathematical Programming 28, 1984): as long as some terminal can't be reached
 * from the root over edges whose cost is used up, the cut around all nodes from which it can be
 * reached is raised until one more edge is used up; the raises' sum is a feasible value of the dual
 * of the directed cut relaxation. The tree is made of used-up edges, shortest ways first (Takahashi
 * and Matsuyama 1980).
 */
final class SteinerArborescence {
  private final int n;
  private final int root;
  private final int[] terminals;
  private final double[][] cost;
  private final double[][] reduced;
  private double lowerBound;

  /**
   * @param cost of the edge from i to j, not negative; infinite where there is none
   * @param terminals nodes that have to be reached
   */
  SteinerArborescence(double[][] cost, int root, int[] terminals) {
    this.n = cost.length;
    this.root = root;
    this.terminals = terminals;
    this.cost = cost;
    this.reduced = new double[n][];
    for (int i = 0; i < n; i++) {
      reduced[i] = cost[i].clone();
    }
    ascend();
  }

  /** No arborescence costs less; infinite where there is none. */
  double lowerBound() {
    return lowerBound;
  }

  private void ascend() {
    boolean[] done = new boolean[terminals.length];
    for (int left = terminals.length; left > 0; ) {
      int chosen = -1;
      int fewest = Integer.MAX_VALUE;
      boolean[] cut = new boolean[0];
      for (int k = 0; k < terminals.length; k++) {
        if (!done[k]) {
          boolean[] side = reaching(terminals[k]);
          int size = size(side);
          if (side[root]) {
            done[k] = true;
            left--;
          } else if (size < fewest) {
            fewest = size;
            chosen = k;
            cut = side;
          }
        }
      }
      if (chosen >= 0 && !raise(cut)) {
        lowerBound = Double.POSITIVE_INFINITY;
        return;
      }
    }
  }

  /** Nodes from which {@code terminal} can be reached over edges that are used up. */
  private boolean[] reaching(int terminal) {
    boolean[] side = new boolean[n];
    Deque<Integer> open = new ArrayDeque<>();
    side[terminal] = true;
    open.add(terminal);
    while (!open.isEmpty()) {
      int to = open.remove();
      for (int from = 0; from < n; from++) {
        if (!side[from] && reduced[from][to] <= 0) {
          side[from] = true;
          open.add(from);
        }
      }
    }
    return side;
  }

  private static int size(boolean[] side) {
    int size = 0;
    for (boolean in : side) {
      size += in ? 1 : 0;
    }
    return size;
  }

  /** Raises the cut into {@code side}; false where no edge enters it. */
  private boolean raise(boolean[] side) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n && !side[i]; j++) {
        if (side[j]) {
          least = Math.min(least, reduced[i][j]);
        }
      }
    }
    if (Double.isInfinite(least)) {
      return false;
    }
    lowerBound += least;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n && !side[i]; j++) {
        if (side[j]) {
          reduced[i][j] -= least;
        }
      }
    }
    return true;
  }

  /** For each node of a cheap arborescence the one that its edge comes from; others, themselves. */
  int[] tree() {
    int[] from = new int[n];
    boolean[] in = new boolean[n];
    Arrays.setAll(from, i -> i);
    in[root] = true;
    double[] distance = new double[n];
    int[] before = new int[n];
    for (int k = 0; k < terminals.length; k++) {
      nearest(in, distance, before);
      int best = -1;
      for (int t : terminals) {
        if (!in[t] && (best < 0 || distance[t] < distance[best])) {
          best = t;
        }
      }
      for (int at = best; at >= 0 && !in[at]; at = from[at]) {
        in[at] = true;
        from[at] = before[at];
      }
    }
    return from;
  }

  /** Shortest ways from the tree to all nodes over edges that are used up. */
  private void nearest(boolean[] in, double[] distance, int[] before) {
    boolean[] settled = new boolean[n];
    for (int i = 0; i < n; i++) {
      distance[i] = in[i] ? 0 : Double.POSITIVE_INFINITY;
      before[i] = i;
    }
    for (int round = 0; round < n; round++) {
      int at = -1;
      for (int i = 0; i < n; i++) {
        if (!settled[i] && (at < 0 || distance[i] < distance[at])) {
          at = i;
        }
      }
      if (at < 0 || Double.isInfinite(distance[at])) {
        return;
      }
      settled[at] = true;
      for (int j = 0; j < n; j++) {
        if (!settled[j] && reduced[at][j] <= 0 && distance[at] + cost[at][j] < distance[j]) {
          distance[j] = distance[at] + cost[at][j];
          before[j] = at;
        }
      }
    }
  }
}
