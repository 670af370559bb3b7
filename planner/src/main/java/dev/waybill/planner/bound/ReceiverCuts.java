package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;

/**
 * Lower bounds from where bytes come in: every byte that a host still needs crosses each of its
 * ingress resources, so a resource carries all that the hosts behind it need.
 */
final class ReceiverCuts {
  private ReceiverCuts() {}

  static Cut tightest(IndexedProblem problem, FreeCapacity free) {
    double[] needed = needed(problem);
    double[] through = new double[problem.capacity.length];
    int[] hosts = new int[problem.capacity.length];
    int[] someHost = new int[problem.capacity.length];
    for (int h = 0; h < needed.length; h++) {
      if (needed[h] > 0) {
        for (int r : problem.ingress[h]) {
          through[r] += needed[h];
          hosts[r]++;
          someHost[r] = h;
        }
      }
    }
    Cut best = Cut.none();
    for (int r = 0; r < through.length; r++) {
      double seconds = free.earliest(new int[] {r}, through[r]);
      if (seconds > best.seconds()) {
        String who = hosts[r] == 1 ? "host " + problem.hostIds[someHost[r]] : hosts[r] + " hosts";
        best =
            Cut.carrying(
                free,
                new int[] {r},
                through[r],
                "all that "
                    + who
                    + " still need"
                    + (hosts[r] == 1 ? "s" : "")
                    + " comes in through "
                    + problem.resourceIds[r]);
      }
    }
    return best;
  }

  /** Bytes that new copies have to bring to each host. */
  static double[] needed(IndexedProblem problem) {
    double[] needed = new double[problem.hosts()];
    for (Run run : problem.runs) {
      for (int h : run.needers()) {
        needed[h] += run.bytes();
      }
    }
    return needed;
  }
}
