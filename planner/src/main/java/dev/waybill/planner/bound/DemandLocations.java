package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lower bounds on when single demands are met, from what joins locations: all of a file that nobody
 * at a demander's location possesses has to enter it, and all that only another location possesses
 * has to leave that.
 */
final class DemandLocations {
  private final IndexedProblem problem;
  private final FreeCapacity free;

  /** By file and location: bytes of the file that nobody there possesses. */
  private final Map<List<Integer>, Double> entering = new TreeMap<>(DemandLocations::compare);

  /** By file and location: bytes of the file that are possessed there alone. */
  private final Map<List<Integer>, Double> leaving = new TreeMap<>(DemandLocations::compare);

  DemandLocations(IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    this.problem = problem;
    this.free = free;
    for (BlockClass c : classes) {
      int[] at = LocationCuts.locations(problem, c.possessors());
      for (int l : LocationCuts.locations(problem, c.needers())) {
        if (Arrays.binarySearch(at, l) < 0) {
          entering.merge(List.of(c.file(), l), (double) c.bytes(), Double::sum);
        }
      }
      if (at.length == 1) {
        leaving.merge(List.of(c.file(), at[0]), (double) c.bytes(), Double::sum);
      }
    }
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    int byFile = Integer.compare(a.get(0), b.get(0));
    return byFile != 0 ? byFile : Integer.compare(a.get(1), b.get(1));
  }

  void raise(Completions completions) {
    int[][] into = coverings(false);
    int[][] outOf = coverings(true);
    entering.forEach(
        (key, bytes) -> {
          int l = key.get(1);
          if (into[l].length > 0) {
            double atLeast = free.earliest(into[l], bytes);
            String location = problem.locationIds[l];
            for (int h : problem.demandersOf[key.get(0)]) {
              if (problem.location[h] == l) {
                completions.raise(
                    key.get(0),
                    h,
                    atLeast,
                    () -> "what nobody at " + location + " has has to enter it once");
              }
            }
          }
        });
    leaving.forEach(
        (key, bytes) -> {
          int l = key.get(1);
          if (outOf[l].length > 0) {
            double atLeast = free.earliest(outOf[l], bytes);
            String location = problem.locationIds[l];
            for (int h : problem.demandersOf[key.get(0)]) {
              if (problem.location[h] != l) {
                completions.raise(
                    key.get(0), h, atLeast, () -> "what only " + location + " has has to leave it");
              }
            }
          }
        });
  }

  private int[][] coverings(boolean out) {
    return LocationCuts.ways(problem, out).stream()
        .map(ways -> Covering.of(problem, ways))
        .toArray(int[][]::new);
  }
}
