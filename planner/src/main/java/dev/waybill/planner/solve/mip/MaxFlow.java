package dev.waybill.planner.solve.mip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Greatest flows over few arcs, for the MIP solver: along shortest augmenting paths (Edmonds and
 * Karp, Theoretical improvements in algorithmic efficiency for network flow problems, 1972).
 */
final class MaxFlow {
  private static final double NOTHING = 1e-9;

  private final List<List<Integer>> at = new ArrayList<>();
  private final List<Integer> to = new ArrayList<>();
  private final List<Double> capacity = new ArrayList<>();
  private double[] left = {};

  MaxFlow(int nodes) {
    for (int v = 0; v < nodes; v++) {
      at.add(new ArrayList<>());
    }
  }

  void add(int from, int into, double most) {
    put(from, into, most);
    put(into, from, 0);
  }

  private void put(int from, int into, double most) {
    at.get(from).add(to.size());
    to.add(into);
    capacity.add(most);
  }

  /** The greatest flow, but no more than {@code enough}. */
  double flow(int source, int sink, double enough) {
    left = capacity.stream().mapToDouble(c -> c).toArray();
    double flow = 0;
    while (flow < enough) {
      int[] by = new int[at.size()];
      Arrays.fill(by, -1);
      if (!reach(source, by).get(sink)) {
        return flow;
      }
      double more = enough - flow;
      for (int v = sink; v != source; v = to.get(by[v] ^ 1)) {
        more = Math.min(more, left[by[v]]);
      }
      for (int v = sink; v != source; v = to.get(by[v] ^ 1)) {
        left[by[v]] -= more;
        left[by[v] ^ 1] += more;
      }
      flow += more;
    }
    return flow;
  }

  /** After a flow: what can still be reached from {@code source}. */
  BitSet reachable(int source) {
    return reach(source, new int[at.size()]);
  }

  /** After a flow: what can still reach {@code sink}. */
  BitSet reaching(int sink) {
    BitSet seen = new BitSet();
    Deque<Integer> next = new ArrayDeque<>(List.of(sink));
    seen.set(sink);
    while (!next.isEmpty()) {
      for (int back : at.get(next.remove())) {
        int from = to.get(back);
        if (!seen.get(from) && left[back ^ 1] > NOTHING) {
          seen.set(from);
          next.add(from);
        }
      }
    }
    return seen;
  }

  private BitSet reach(int source, int[] by) {
    BitSet seen = new BitSet();
    Deque<Integer> next = new ArrayDeque<>(List.of(source));
    seen.set(source);
    while (!next.isEmpty()) {
      for (int arc : at.get(next.remove())) {
        int into = to.get(arc);
        if (!seen.get(into) && left[arc] > NOTHING) {
          seen.set(into);
          by[into] = arc;
          next.add(into);
        }
      }
    }
    return seen;
  }
}
