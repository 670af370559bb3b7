package dev.waybill.planner.packing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

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
  /** Edges that may be looked at before the ascent stops: what it has proven by then is valid. */
  private static final double WORK = 2e7;

  private final int n;
  private final int root;
  private final int[] terminals;
  private final double[][] cost;
  private final double[][] reduced;
  private final boolean[] inside;
  private final int[] side;
  private double lowerBound;
  private double work;
  private boolean complete = true;

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
    inside = new boolean[n];
    side = new int[n];
    ascend();
  }

  /** No arborescence costs less; infinite where there is none. */
  double lowerBound() {
    return lowerBound;
  }

  private void ascend() {
    // A terminal's side of its cut only ever grows, so the smallest known size is a lower bound.
    PriorityQueue<Side> queue = new PriorityQueue<>(Comparator.comparingInt(Side::size));
    for (int t : terminals) {
      queue.add(new Side(t, 1));
    }
    while (!queue.isEmpty()) {
      Side next = queue.remove();
      int size = fill(next.terminal);
      if (inside[root]) {
        continue;
      }
      if (!queue.isEmpty() && size > queue.peek().size) {
        queue.add(new Side(next.terminal, size));
      } else if (work > WORK) {
        complete = false;
        return;
      } else if (raise(size)) {
        queue.add(new Side(next.terminal, size));
      } else {
        lowerBound = Double.POSITIVE_INFINITY;
        return;
      }
    }
  }

  /** A terminal and the number of nodes from which it could be reached when last looked at. */
  private record Side(int terminal, int size) {}

  /** Collects the nodes from which {@code terminal} can be reached over edges that are used up. */
  private int fill(int terminal) {
    Arrays.fill(inside, false);
    int size = 0;
    inside[terminal] = true;
    side[size++] = terminal;
    for (int k = 0; k < size && !inside[root]; k++) {
      int to = side[k];
      for (int from = 0; from < n; from++) {
        if (!inside[from] && reduced[from][to] <= 0) {
          inside[from] = true;
          side[size++] = from;
        }
      }
    }
    work += (double) size * n;
    return size;
  }

  /** Raises the cut into the nodes collected; false where no edge enters it. */
  private boolean raise(int size) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < size && !inside[i]; k++) {
        least = Math.min(least, reduced[i][side[k]]);
      }
    }
    if (Double.isInfinite(least)) {
      return false;
    }
    lowerBound += least;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < size && !inside[i]; k++) {
        reduced[i][side[k]] -= least;
      }
    }
    return true;
  }

  /** For each node of a cheap arborescence the one that its edge comes from; others, themselves. */
  int[] tree() {
    int[] from = new int[n];
    boolean[] in = new boolean[n];
    // In a large graph, all on one tree of shortest ways.
    boolean once = (double) n * n * terminals.length > WORK;
    Arrays.setAll(from, i -> i);
    in[root] = true;
    double[] distance = new double[n];
    int[] before = new int[n];
    for (int k = 0; k < terminals.length; k++) {
      if (k == 0 || !once) {
        nearest(in, distance, before);
      }
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

  /**
   * Shortest ways from the tree to all nodes; over edges that are used up, if all cuts were raised.
   */
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
        if (!settled[j]
            && (!complete || reduced[at][j] <= 0)
            && distance[at] + cost[at][j] < distance[j]) {
          distance[j] = distance[at] + cost[at][j];
          before[j] = at;
        }
      }
    }
  }
}
