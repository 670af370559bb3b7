package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import java.util.List;

/**
 * Lower bounds from what only one location possesses: all of it has to leave that location once,
 * and the block that leaves it last then still has to reach every other location that needs it.
 *
 * <p>The argument of {@link SourceCuts}, for locations in place of hosts. Of the block whose first
 * copy out of the location is the last to be completed, the i-th copy out is completed no sooner
 * than (F + (i - 1) B) / U, where F bytes leave over ways of U bytes per second together. A
 * location m where somebody holds it from t on completes its k-th copy to elsewhere no sooner than
 * t + k B / U_m. Relays' locations may hold it too; that only makes the last needing location come
 * later in the order of those that hold it.
 */
final class SiteSpreadCuts {
  private static final double SMALL = 1e-6;

  private final IndexedProblem problem;

  /** By location, resources that cover all ways out of it; empty where nothing does. */
  private final int[][] outOf;

  private SiteSpreadCuts(IndexedProblem problem) {
    this.problem = problem;
    outOf =
        LocationCuts.ways(problem, true).stream()
            .map(ways -> Covering.of(problem, ways))
            .toArray(int[][]::new);
  }

  static Cut tightest(IndexedProblem problem, List<BlockClass> classes) {
    Cut best = Cut.none();
    if (problem.locations() > 1) {
      SiteSpreadCuts cuts = new SiteSpreadCuts(problem);
      for (BlockClass c : SourceCuts.largest(classes)) {
        best = best.orTighter(cuts.cut(c));
      }
    }
    return best;
  }

  private Cut cut(BlockClass c) {
    int[] at = LocationCuts.locations(problem, c.possessors());
    if (at.length != 1 || outOf[at[0]].length == 0) {
      return Cut.none();
    }
    int others =
        (int)
            Arrays.stream(LocationCuts.locations(problem, c.needers()))
                .filter(l -> l != at[0])
                .count();
    int[] covering = outOf[at[0]];
    double out = capacity(covering);
    if (others == 0 || out == 0) {
      return Cut.none();
    }
    double fastest = 0;
    for (int l = 0; l < outOf.length; l++) {
      double rate = outOf[l].length == 0 ? Double.POSITIVE_INFINITY : capacity(outOf[l]);
      fastest = l == at[0] ? fastest : Math.max(fastest, rate);
    }
    double seconds = seconds(c, others, out, fastest);
    double more = out * SMALL;
    return Cut.ofSum(
        seconds,
        "what only "
            + problem.locationIds[at[0]]
            + " has has to leave it once, and its last block has to reach "
            + others
            + " locations",
        covering,
        (seconds - seconds(c, others, out + more, fastest)) / more);
  }

  private double seconds(BlockClass c, int others, double out, double fastest) {
    double full = problem.layouts[c.file()].blockSize();
    int last = c.runs().get(c.runs().size() - 1).last();
    double shortest = problem.layouts[c.file()].length(last);
    double bound = seconds(c, others, out, fastest, shortest);
    return c.blocks() == 1 || shortest == full
        ? bound
        : Math.min(bound, seconds(c, others, out, fastest, full));
  }

  private static double seconds(
      BlockClass c, int others, double out, double fastest, double block) {
    double interval = fastest == 0 ? Double.POSITIVE_INFINITY : block / fastest;
    return SpreadTimes.of(others, c.bytes() / out, block / out, interval)[others - 1];
  }

  private double capacity(int[] resources) {
    return Arrays.stream(resources).mapToDouble(r -> problem.capacity[r]).sum();
  }
}
