package dev.waybill.planner.packing;

import java.util.Arrays;

/**
 * A minimum-cost arborescence of a dense graph, for the pricing of trees in a packing: each node
 * but the root gets one edge in, so that all are reached from the root.
 *
 * <p>Chu and Liu 1965, Edmonds 1967, in the form of Gabow, Galil, Spencer and Tarjan (Combinatorica
 * 6, 1986) that grows a path backwards along cheapest edges and contracts it where it bites itself;
 * on a dense matrix all contractions together take O(n^2).
 */
final class Arborescence {
  private final int n;
  private final double[][] cost;

  /** For an edge between components: the node that it leaves, and the node that it enters. */
  private final int[][] tail;

  private final int[][] head;

  /** By component: the component that it was contracted into. */
  private final int[] parent;

  /** By component: the node where its edge begins and the node where it ends. */
  private final int[] inTail;

  private final int[] inHead;
  private int components;

  private Arborescence(double[][] edges) {
    n = edges.length;
    cost = new double[n][];
    tail = new int[n][n];
    head = new int[n][n];
    for (int i = 0; i < n; i++) {
      cost[i] = edges[i].clone();
      Arrays.fill(tail[i], i);
      for (int j = 0; j < n; j++) {
        head[i][j] = j;
      }
    }
    parent = new int[2 * n];
    inTail = new int[2 * n];
    inHead = new int[2 * n];
    Arrays.setAll(parent, i -> i);
    components = n;
  }

  /**
   * For each node the one that its edge comes from; for the root, the root.
   *
   * @param edges cost of the edge from i to j, not negative; infinite where there is none
   * @return empty where some node can't be reached
   */
  static int[] of(double[][] edges, int root) {
    return new Arborescence(edges).grow(root);
  }

  private int[] grow(int root) {
    // One row and column of the matrix stands for each live component.
    int[] componentAt = new int[n];
    boolean[] live = new boolean[n];
    boolean[] reached = new boolean[n];
    int[] onPath = new int[n];
    Arrays.setAll(componentAt, i -> i);
    Arrays.fill(live, true);
    Arrays.fill(onPath, -1);
    reached[root] = true;
    int[] path = new int[n];
    for (int start = 0; start < n; start++) {
      if (!live[start] || reached[start]) {
        continue;
      }
      int length = 0;
      path[length] = start;
      onPath[start] = length++;
      while (length > 0) {
        int at = path[length - 1];
        int from = cheapest(at, live);
        if (from < 0) {
          return new int[0];
        }
        int component = componentAt[at];
        inTail[component] = tail[from][at];
        inHead[component] = head[from][at];
        double least = cost[from][at];
        for (int i = 0; i < n; i++) {
          cost[i][at] -= least;
        }
        if (reached[from]) {
          for (int k = 0; k < length; k++) {
            reached[path[k]] = true;
            onPath[path[k]] = -1;
          }
          length = 0;
        } else if (onPath[from] < 0) {
          onPath[from] = length;
          path[length++] = from;
        } else {
          int first = onPath[from];
          int merged = components++;
          for (int k = first; k < length; k++) {
            parent[componentAt[path[k]]] = merged;
          }
          for (int k = first + 1; k < length; k++) {
            absorb(path[first], path[k]);
            live[path[k]] = false;
            onPath[path[k]] = -1;
          }
          componentAt[path[first]] = merged;
          length = first + 1;
        }
      }
    }
    return expand(root);
  }

  private int cheapest(int at, boolean[] live) {
    int from = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if (live[i] && i != at && cost[i][at] < least) {
        least = cost[i][at];
        from = i;
      }
    }
    return from;
  }

  private void absorb(int into, int other) {
    for (int i = 0; i < n; i++) {
      if (cost[i][other] < cost[i][into]) {
        cost[i][into] = cost[i][other];
        tail[i][into] = tail[i][other];
        head[i][into] = head[i][other];
      }
      if (cost[other][i] < cost[into][i]) {
        cost[into][i] = cost[other][i];
        tail[into][i] = tail[other][i];
        head[into][i] = head[other][i];
      }
    }
  }

  /** From the last contraction to the first: its edge breaks the cycle that it was made of. */
  private int[] expand(int root) {
    int[] from = new int[n];
    from[root] = root;
    boolean[] broken = new boolean[components];
    broken[root] = true;
    for (int c = components - 1; c >= 0; c--) {
      if (broken[c]) {
        continue;
      }
      int x = inHead[c];
      from[x] = inTail[c];
      broken[x] = true;
      while (x != c) {
        x = parent[x];
        broken[x] = true;
      }
    }
    return from;
  }
}
