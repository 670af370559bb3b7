package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lower bounds from the length of the way: a host where none of a class's blocks is to be had
 * nearby can't receive before a neighbour has one, which takes at least a block's time on each hop
 * before; then all of it still has to come in.
 */
final class RouteCuts {
  /** Beyond this many locations the all-pairs search would take too long; other cuts remain. */
  private static final int MOST_LOCATIONS = 256;

  private final IndexedProblem problem;
  private final double[][] hopRate;

  private RouteCuts(IndexedProblem problem) {
    this.problem = problem;
    int n = problem.locations();
    double[] out = new double[n];
    double[] in = new double[n];
    for (int h = 0; h < problem.hosts(); h++) {
      int l = problem.location[h];
      out[l] = Math.max(out[l], problem.minCapacity(problem.egress[h]));
      in[l] = Math.max(in[l], problem.minCapacity(problem.ingress[h]));
    }
    hopRate = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        int[] via = problem.via(a, b);
        hopRate[a][b] =
            via == null ? 0 : Math.min(problem.minCapacity(via), Math.min(out[a], in[b]));
      }
    }
  }

  static Cut tightest(IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    Cut best = Cut.none();
    if (problem.locations() <= MOST_LOCATIONS) {
      RouteCuts cuts = new RouteCuts(problem);
      for (BlockClass c : SourceCuts.largest(classes)) {
        best = best.orTighter(cuts.cut(c, free));
      }
    }
    return best;
  }

  /** The same for each demand on its own. */
  static void raise(IndexedProblem problem, List<BlockClass> classes, Completions completions) {
    if (problem.locations() > MOST_LOCATIONS) {
      return;
    }
    RouteCuts cuts = new RouteCuts(problem);
    for (BlockClass c : SourceCuts.largest(classes)) {
      double[] offered = cuts.offered(c);
      for (int h : c.needers()) {
        completions.raise(
            c.file(),
            h,
            offered[problem.location[h]] + c.bytes() / problem.minCapacity(problem.ingress[h]),
            () -> "the way to it takes a block's time on each hop");
      }
    }
  }

  /** By location, a time before which nobody can begin to send blocks of the class there. */
  private double[] offered(BlockClass c) {
    double[] held = earliestHeld(c);
    double[] offered = new double[held.length];
    Arrays.fill(offered, Double.POSITIVE_INFINITY);
    for (int l = 0; l < held.length; l++) {
      for (int from = 0; from < held.length; from++) {
        if (hopRate[from][l] > 0) {
          offered[l] = Math.min(offered[l], held[from]);
        }
      }
    }
    return offered;
  }

  /**
   * What enters a location crosses resources none of which carries anything before somebody at the
   * other end of one of its ways can hold a block.
   */
  private Cut entering(BlockClass c, FreeCapacity free) {
    double[] held = earliestHeld(c);
    Volume volume = Volume.of(problem, c);
    Cut best = Cut.none();
    for (int l : LocationCuts.locations(problem, c.needers())) {
      if (held[l] > 0) {
        String because =
            "the way to " + problem.locationIds[l] + " takes a block's time on each hop";
        best = best.orTighter(Cut.ofTime(held[l], because));
        List<int[]> ways = new ArrayList<>();
        Map<Integer, Double> opens = new HashMap<>();
        for (int from : problem.pathsInto[l]) {
          int[] via = problem.via(from, l);
          if (from != l && via != null) {
            ways.add(via);
            Arrays.stream(via).forEach(r -> opens.merge(r, held[from], Math::min));
          }
        }
        int[] covering = Covering.of(problem, ways);
        double[] of =
            Arrays.stream(covering).mapToDouble(r -> opens.getOrDefault(r, 0.0)).toArray();
        if (covering.length > 0 && Arrays.stream(of).allMatch(Double::isFinite)) {
          best = best.orTighter(Cut.carrying(free, covering, of, volume, because));
        }
      }
    }
    return best;
  }

  private Cut cut(BlockClass c, FreeCapacity free) {
    double[] offered = offered(c);
    Cut best = entering(c, free);
    double bytes = c.bytes();
    for (int h : c.needers()) {
      double in = problem.minCapacity(problem.ingress[h]);
      double seconds = offered[problem.location[h]] + bytes / in;
      if (seconds > best.seconds()) {
        int[] narrowest =
            Arrays.stream(problem.ingress[h]).filter(r -> problem.capacity[r] == in).toArray();
        best =
            Cut.ofSum(
                seconds,
                "the way to host " + problem.hostIds[h] + " takes a block's time on each hop",
                narrowest.length == 1 ? narrowest : new int[0],
                in == 0 ? 0 : bytes / in / in);
      }
    }
    return best;
  }

  /** By location, a time before which no host there can hold any block of the class. */
  private double[] earliestHeld(BlockClass c) {
    double[] held = new double[problem.locations()];
    Arrays.fill(held, Double.POSITIVE_INFINITY);
    for (int h : c.possessors()) {
      held[problem.location[h]] = 0;
    }
    double block = shortestBlock(c);
    boolean[] done = new boolean[held.length];
    for (int round = 0; round < held.length; round++) {
      int at = nearest(held, done);
      if (Double.isInfinite(held[at])) {
        break;
      }
      done[at] = true;
      for (int to = 0; to < held.length; to++) {
        if (hopRate[at][to] > 0) {
          held[to] = Math.min(held[to], held[at] + block / hopRate[at][to]);
        }
      }
    }
    return held;
  }

  private static int nearest(double[] held, boolean[] done) {
    int at = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int l = 0; l < held.length; l++) {
      if (!done[l] && held[l] <= least) {
        at = l;
        least = held[l];
      }
    }
    return at;
  }

  private double shortestBlock(BlockClass c) {
    int last = c.runs().get(c.runs().size() - 1).last();
    return problem.layouts[c.file()].length(last);
  }
}
