package dev.waybill.planner.solve.greedy;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Load;
import dev.waybill.planner.solve.tree.Capacity;

/**
 * The bandwidth ledger of the greedy solver: for each resource what may be used at all (capacity
 * less what copies in progress take, until they end) and what is free now.
 *
 * <p>A copy in progress that is to start later has its share kept from the beginning.
 */
final class Capacities {
  private final IndexedProblem problem;
  private final double[] usable;
  private final double[] used;
  private final int[] users;

  Capacities(IndexedProblem problem) {
    this.problem = problem;
    usable = problem.capacity.clone();
    used = new double[usable.length];
    users = new int[usable.length];
    for (Load load : problem.loads) {
      if (load.end() > 0) {
        add(usable, load.way(), -load.rate());
      }
    }
  }

  void end(Load load) {
    add(usable, load.way(), load.rate());
  }

  void take(int[] way, double rate) {
    add(used, way, rate);
    for (int r : way) {
      users[r]++;
    }
  }

  void giveBack(int[] way, double rate) {
    for (int r : way) {
      // With the last user gone nothing is used, whatever rounding has left.
      used[r] = --users[r] == 0 ? 0 : used[r] - rate;
    }
  }

  private static void add(double[] values, int[] way, double rate) {
    for (int r : way) {
      values[r] += rate;
    }
  }

  double free(int[] resources) {
    double least = Double.POSITIVE_INFINITY;
    for (int r : resources) {
      least = Math.min(least, usable[r] - used[r]);
    }
    return least;
  }

  /** What copies may use of {@code resources} once no other copy does. */
  double usable(int[] resources) {
    double least = Double.POSITIVE_INFINITY;
    for (int r : resources) {
      least = Math.min(least, Capacity.orNothing(usable[r], problem.capacity[r]));
    }
    return least;
  }

  /** The largest share of {@code resources} in use, 0 to 1. */
  double usedShare(int[] resources) {
    double most = 0;
    for (int r : resources) {
      most = Math.max(most, problem.capacity[r] == 0 ? 1 : used[r] / problem.capacity[r]);
    }
    return Math.min(1, most);
  }
}
