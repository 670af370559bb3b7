package dev.waybill.planner.solve.tree;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Load;
import java.util.ArrayList;
import java.util.List;

/** What pipelined trees may use of each resource, and how they come to use all of it. */
public final class Capacity {
  /** Keeps the sum of rates within capacity whatever the order of adding. */
  public static final double HEADROOM = 1 - 1e-9;

  /** The share of a capacity below which it isn't worth a copy. */
  private static final double SLIVER = 0.03;

  private Capacity() {}

  /**
   * By resource, what copies in progress leave of it all the time, or 0 where that is a mere
   * sliver.
   */
  public static double[] beside(IndexedProblem problem) {
    double[] capacity = problem.capacity.clone();
    for (Load load : problem.loads) {
      if (load.end() > 0) {
        for (int r : load.way()) {
          capacity[r] = Math.max(0, capacity[r] - load.rate());
        }
      }
    }
    for (int r = 0; r < capacity.length; r++) {
      capacity[r] = HEADROOM * orNothing(capacity[r], problem.capacity[r]);
    }
    return capacity;
  }

  /**
   * What is left of a resource beside copies in progress, unless it is a mere sliver: a copy that
   * crept along on that would end long after the others have made room.
   */
  public static double orNothing(double left, double capacity) {
    return left < SLIVER * capacity ? 0 : left;
  }

  /** The trees at rates that take what {@code capacity} leaves: all by one factor, then each. */
  public static List<Tree> raised(List<Tree> trees, double[] capacity) {
    double[] used = new double[capacity.length];
    for (Tree t : trees) {
      add(used, t, t.rate);
    }
    double factor = Double.POSITIVE_INFINITY;
    for (int r = 0; r < used.length; r++) {
      if (used[r] > 0) {
        factor = Math.min(factor, capacity[r] / used[r]);
      }
    }
    if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
      return trees;
    }
    for (int r = 0; r < used.length; r++) {
      used[r] *= factor;
    }
    List<Tree> raised = new ArrayList<>();
    for (Tree t : trees) {
      double more = Double.POSITIVE_INFINITY;
      for (int i = 0; i < t.resources.length; i++) {
        more = Math.min(more, (capacity[t.resources[i]] - used[t.resources[i]]) / t.uses[i]);
      }
      more = more > 0 && more < Double.POSITIVE_INFINITY ? more : 0;
      add(used, t, more);
      raised.add(t.withRate(t.rate * factor + more));
    }
    return raised;
  }

  private static void add(double[] used, Tree tree, double rate) {
    for (int i = 0; i < tree.resources.length; i++) {
      used[tree.resources[i]] += tree.uses[i] * rate;
    }
  }
}
