package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Few resources of a lower bound's problem that together lie on every one of some ways: whatever
 * crosses the ways crosses them, so their capacities' sum bounds its rate.
 */
final class Covering {
  private Covering() {}

  /**
   * The cheaper of two coverings: the least capacity of each way, or for each way the resource with
   * the least capacity per way that it lies on. Empty where a way has no resource: nothing bounds
   * it.
   */
  static int[] of(IndexedProblem problem, List<int[]> ways) {
    int[] waysThrough = new int[problem.capacity.length];
    for (int[] way : ways) {
      for (int r : way) {
        waysThrough[r]++;
      }
    }
    TreeSet<Integer> least = new TreeSet<>();
    TreeSet<Integer> shared = new TreeSet<>();
    for (int[] way : ways) {
      if (way.length == 0) {
        return new int[0];
      }
      int narrowest = way[0];
      int cheapest = way[0];
      for (int r : way) {
        double capacity = problem.capacity[r];
        if (capacity < problem.capacity[narrowest]) {
          narrowest = r;
        }
        if (capacity / waysThrough[r] < problem.capacity[cheapest] / waysThrough[cheapest]) {
          cheapest = r;
        }
      }
      least.add(narrowest);
      shared.add(cheapest);
    }
    TreeSet<Integer> better =
        capacity(problem, least) <= capacity(problem, shared) ? least : shared;
    return better.stream().mapToInt(r -> r).toArray();
  }

  private static double capacity(IndexedProblem problem, Set<Integer> resources) {
    return resources.stream().mapToDouble(r -> problem.capacity[r]).sum();
  }
}
