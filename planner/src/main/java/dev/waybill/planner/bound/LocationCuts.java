package dev.waybill.planner.bound;

import dev.waybill.model.network.Path;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lower bounds from what joins locations: what a location needs and nobody there possesses has to
 * enter it at least once, and what is possessed at one location alone and needed elsewhere has to
 * leave it at least once, through resources that cover all paths in or out.
 */
final class LocationCuts {
  private LocationCuts() {}

  static Cut tightest(IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    int n = problem.locations();
    double[] entering = new double[n];
    double[] leaving = new double[n];
    for (BlockClass c : classes) {
      int[] at = locations(problem, c.possessors());
      int[] needed = locations(problem, c.needers());
      double bytes = c.bytes();
      for (int l : needed) {
        if (Arrays.binarySearch(at, l) < 0) {
          entering[l] += bytes;
        }
      }
      if (at.length == 1 && (needed.length > 1 || needed[0] != at[0])) {
        leaving[at[0]] += bytes;
      }
    }
    List<List<int[]>> in = lists(n);
    List<List<int[]>> out = lists(n);
    collectPaths(problem, in, out);
    Cut best = Cut.none();
    for (int l = 0; l < n; l++) {
      best =
          best.orTighter(
              cut(
                  problem,
                  free,
                  in.get(l),
                  entering[l],
                  "what " + problem.locationIds[l] + " needs and nobody there has has to enter"));
      best =
          best.orTighter(
              cut(
                  problem,
                  free,
                  out.get(l),
                  leaving[l],
                  "what only " + problem.locationIds[l] + " has and others need has to leave"));
    }
    return best;
  }

  private static void collectPaths(
      IndexedProblem problem, List<List<int[]>> in, List<List<int[]>> out) {
    Map<String, Integer> index = new HashMap<>();
    IntStream.range(0, problem.locations()).forEach(l -> index.put(problem.locationIds[l], l));
    for (Path p : problem.problem.network().paths()) {
      Integer from = index.get(p.from());
      Integer to = index.get(p.to());
      if (from == null || to == null || from.equals(to)) {
        continue;
      }
      int[] via = problem.via(from, to);
      if (via != null) {
        in.get(to).add(via);
        out.get(from).add(via);
      }
    }
  }

  private static Cut cut(
      IndexedProblem problem, FreeCapacity free, List<int[]> ways, double bytes, String because) {
    if (bytes == 0 || ways.isEmpty()) {
      return Cut.none();
    }
    int[] covering = Covering.of(problem, ways);
    if (covering.length == 0) {
      return Cut.none();
    }
    return new Cut(free.earliest(covering, bytes), because + " once", covering);
  }

  /** Locations of {@code hosts}, ascending and distinct. */
  private static int[] locations(IndexedProblem problem, int[] hosts) {
    return Arrays.stream(hosts).map(h -> problem.location[h]).sorted().distinct().toArray();
  }

  private static List<List<int[]>> lists(int n) {
    return IntStream.range(0, n).<List<int[]>>mapToObj(i -> new ArrayList<>()).toList();
  }
}
