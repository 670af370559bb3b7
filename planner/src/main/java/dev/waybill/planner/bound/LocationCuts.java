package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lower bounds from what joins locations: what a location needs and nobody there possesses has to
 * enter it at least once, and what is possessed at one location alone and needed elsewhere has to
 * leave it at least once, through resources that cover all paths in or out.
 */
final class LocationCuts {
  private LocationCuts() {}

  static Cut tightest(IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    Cut best = Cut.none();
    for (Cut c : entering(problem, free, classes)) {
      best = best.orTighter(c);
    }
    for (Cut c : leaving(problem, free, classes)) {
      best = best.orTighter(c);
    }
    return best;
  }

  static double[] entrySeconds(
      IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    return entering(problem, free, classes).stream().mapToDouble(Cut::seconds).toArray();
  }

  private static List<Cut> entering(
      IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    Volume[] volumes = nothing(problem);
    for (BlockClass c : classes) {
      int[] at = locations(problem, c.possessors());
      Volume volume = Volume.of(problem, c);
      for (int l : locations(problem, c.needers())) {
        volumes[l] = Arrays.binarySearch(at, l) < 0 ? volumes[l].and(volume) : volumes[l];
      }
    }
    return cuts(
        problem, free, volumes, false, "what %s needs and nobody there has has to enter it");
  }

  private static List<Cut> leaving(
      IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    Volume[] volumes = nothing(problem);
    for (BlockClass c : classes) {
      int[] at = locations(problem, c.possessors());
      int[] needed = locations(problem, c.needers());
      if (at.length == 1 && (needed.length > 1 || needed[0] != at[0])) {
        volumes[at[0]] = volumes[at[0]].and(Volume.of(problem, c));
      }
    }
    return cuts(problem, free, volumes, true, "what only %s has and others need has to leave it");
  }

  private static Volume[] nothing(IndexedProblem problem) {
    Volume[] volumes = new Volume[problem.locations()];
    Arrays.fill(volumes, Volume.NOTHING);
    return volumes;
  }

  private static List<Cut> cuts(
      IndexedProblem problem, FreeCapacity free, Volume[] volumes, boolean out, String because) {
    List<List<int[]>> ways = ways(problem, out);
    List<Cut> cuts = new ArrayList<>();
    for (int l = 0; l < volumes.length; l++) {
      int[] covering = volumes[l].bytes() == 0 ? new int[0] : Covering.of(problem, ways.get(l));
      cuts.add(
          covering.length == 0
              ? Cut.none()
              : Cut.carrying(
                  free,
                  covering,
                  new double[covering.length],
                  volumes[l],
                  String.format(because, problem.locationIds[l]) + " once"));
    }
    return cuts;
  }

  /** By location, the paths out of it, or into it. */
  static List<List<int[]>> ways(IndexedProblem problem, boolean out) {
    List<List<int[]>> ways =
        IntStream.range(0, problem.locations())
            .<List<int[]>>mapToObj(i -> new ArrayList<>())
            .toList();
    for (int from = 0; from < problem.locations(); from++) {
      for (int to : problem.pathsFrom[from]) {
        int[] via = problem.via(from, to);
        if (from != to && via != null) {
          ways.get(out ? from : to).add(via);
        }
      }
    }
    return ways;
  }

  /** Locations of {@code hosts}, ascending and distinct. */
  static int[] locations(IndexedProblem problem, int[] hosts) {
    return Arrays.stream(hosts).map(h -> problem.location[h]).sorted().distinct().toArray();
  }
}
