package dev.waybill.planner.bound;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.Arrival;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lower bounds from blocks that come into being or are under way: a demander to which they come by
 * themselves has to wait for them, and one that needs them from elsewhere has to receive them
 * afterwards.
 */
final class ArrivalCuts {
  private ArrivalCuts() {}

  static Cut tightest(IndexedProblem problem) {
    Cut best = Cut.none();
    if (problem.arrivals.isEmpty()) {
      return best;
    }
    BitSet[] demanders = demanders(problem);
    for (Run run : problem.runs) {
      if (run.arrivals().isEmpty()) {
        continue;
      }
      List<Arrival> covering = problem.arrivals.stream().filter(a -> covers(a, run)).toList();
      best = best.orTighter(waiting(problem, run, covering, demanders[run.file()]));
      if (run.holders().length == 0) {
        for (int h : run.needers()) {
          best = best.orTighter(receiving(problem, run, covering, h));
        }
      }
    }
    return best;
  }

  /** For the host that waits longest among those to which the run comes by itself. */
  private static Cut waiting(
      IndexedProblem problem, Run run, List<Arrival> covering, BitSet demanders) {
    BlockLayout layout = problem.layouts[run.file()];
    Map<Integer, Double> heldAt = new HashMap<>();
    for (Arrival a : covering) {
      if (demanders.get(a.host()) && Arrays.binarySearch(run.holders(), a.host()) < 0) {
        heldAt.merge(a.host(), a.heldAt(layout, run.last()), Math::min);
      }
    }
    return heldAt.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            e ->
                Cut.ofTime(
                    Math.max(0, e.getValue()),
                    "host "
                        + problem.hostIds[e.getKey()]
                        + " waits for blocks of "
                        + problem.fileIds[run.file()]
                        + " that are being made there or are under way to it"))
        .orElse(Cut.none());
  }

  private static Cut receiving(IndexedProblem problem, Run run, List<Arrival> covering, int host) {
    double in = problem.minCapacity(problem.ingress[host]);
    BlockLayout layout = problem.layouts[run.file()];
    double first = Math.max(0, earliest(problem, covering, run.first()));
    double last = Math.max(0, earliest(problem, covering, run.last()));
    double seconds = Math.max(first + run.bytes() / in, last + layout.length(run.last()) / in);
    return Cut.ofTime(
        seconds,
        "host "
            + problem.hostIds[host]
            + " can get blocks of "
            + problem.fileIds[run.file()]
            + " only once they have come into being elsewhere");
  }

  private static double earliest(IndexedProblem problem, List<Arrival> arrivals, int block) {
    return arrivals.stream()
        .mapToDouble(a -> a.heldAt(problem.layouts[a.file()], block))
        .min()
        .orElse(0);
  }

  private static boolean covers(Arrival a, Run run) {
    return a.file() == run.file() && a.first() <= run.first() && run.last() <= a.last();
  }

  private static BitSet[] demanders(IndexedProblem problem) {
    BitSet[] of = new BitSet[problem.layouts.length];
    for (int f = 0; f < of.length; f++) {
      of[f] = new BitSet();
      Arrays.stream(problem.demandersOf[f]).forEach(of[f]::set);
    }
    return of;
  }
}
