package dev.waybill.planner.bound;

import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.packing.DeliveryCost;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The planner's proven lower bound on the score of every schedule: the objective's weights times a
 * lower bound on each of its terms.
 *
 * <ul>
 *   <li><b>Lateness</b>: each demand's own bound less its deadline.
 *   <li><b>Weighted completion</b>: the larger of two. Each demand's weight times its own bound; or
 *       by rank: by the time that k demands are met, the bytes of the k smallest have been sent, so
 *       the k-th smallest completion is at least the time t_k that this takes, and the k-th
 *       smallest of the demands' own bounds; the sum is least if larger weights go with smaller
 *       t_k.
 *   <li><b>Cost</b>: {@link DeliveryCost}.
 * </ul>
 */
final class ScoreBound {
  /** Ranks for which the time to send is computed; those between take the one before. */
  private static final int MOST_RANKS = 512;

  private final IndexedProblem problem;
  private final List<Demand> demands;

  ScoreBound(IndexedProblem problem) {
    this.problem = problem;
    this.demands = problem.problem.demands();
  }

  double score(double makespan, FreeCapacity free, Supplier<Completions> completions) {
    Objective o = problem.problem.objective();
    if (Double.isInfinite(makespan)) {
      return makespan;
    }
    double weighted =
        o.weightedCompletion() > 0 ? weightedCompletion(makespan, free, completions.get()) : 0;
    double lateness = o.lateness() > 0 ? lateness(completions.get()) : 0;
    double cost = o.cost() > 0 ? DeliveryCost.atLeast(problem) : 0;
    return o.score(makespan, weighted, cost, lateness);
  }

  private double lateness(Completions completions) {
    double sum = 0;
    for (int d = 0; d < demands.size(); d++) {
      Double deadline = demands.get(d).deadline();
      if (deadline != null && demands.get(d).weight() > 0) {
        sum += demands.get(d).weight() * Math.max(0, completions.seconds()[d] - deadline);
      }
    }
    return sum;
  }

  private double weightedCompletion(double makespan, FreeCapacity free, Completions completions) {
    double[] own = completions.seconds().clone();
    double each = 0;
    for (int d = 0; d < own.length; d++) {
      each += demands.get(d).weight() > 0 ? demands.get(d).weight() * own[d] : 0;
    }
    double[] weights =
        demands.stream()
            .map(Demand::weight)
            .sorted(Comparator.reverseOrder())
            .mapToDouble(w -> w)
            .toArray();
    Arrays.sort(own);
    double[] sent = sendingTimes(free);
    double byRank = 0;
    for (int k = 0; k < own.length; k++) {
      double least = Math.max(own[k], sent[k]);
      least = k == own.length - 1 ? Math.max(least, makespan) : least;
      byRank += weights[k] > 0 ? weights[k] * least : 0;
    }
    return Math.max(each, byRank);
  }

  /** For each k from 1 on, a time before which not all bytes of any k demands can be sent. */
  private double[] sendingTimes(FreeCapacity free) {
    double[] needed = neededByDemand();
    Arrays.sort(needed);
    int[] senders = UploadCut.senders(problem);
    double[] times = new double[needed.length];
    int step = 1 + needed.length / MOST_RANKS;
    double bytes = 0;
    for (int k = 0; k < times.length && senders.length > 0; k++) {
      bytes += needed[k];
      times[k] = k % step == 0 ? free.earliest(senders, bytes) : times[k - 1];
    }
    return times;
  }

  private double[] neededByDemand() {
    double[][] byFile = new double[problem.layouts.length][];
    IntStream.of(problem.demandFile).forEach(f -> byFile[f] = new double[problem.hosts()]);
    problem.runs.forEach(
        run -> IntStream.of(run.needers()).forEach(h -> byFile[run.file()][h] += run.bytes()));
    return IntStream.range(0, problem.demandHost.length)
        .mapToDouble(d -> byFile[problem.demandFile[d]][problem.demandHost[d]])
        .toArray();
  }
}
