package dev.waybill.planner.solve.optaplanner;

import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.TreeGround;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the objective of a problem comes to, by and large, for trees at given rates: the measure of
 * the OptaPlanner solver while it searches. With M_c blocks of B_c bytes in class c, the rates X_c
 * of all its trees together, and trees of d_T levels, all of a class's trees end at
 *
 * <pre>
 *   begin + fullness * (M_c + sum over T of (d_T - 1)) B_c / X_c
 * </pre>
 *
 * where fullness is how full the fullest resource is at those rates. A demand is met when the last
 * class of its file's blocks that its host needs is there. Immutable.
 */
final class Outlook {
  private final double begin;
  private final Objective objective;
  private final int[] blocks;
  private final double[] bytes;

  /** Seconds a block takes over all trees of a class together, by class. */
  private final double[] blockSeconds;

  private final Wish[] wishes;

  /** All demands that the same classes meet by the same time. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  private record Wish(int[] classes, @Nullable Double deadline, double weight) {}

  /**
   * @param rates of each class, bytes per second
   */
  Outlook(TreeGround ground, double[] rates) {
    IndexedProblem problem = ground.problem;
    begin = ground.begin;
    objective = problem.problem.objective();
    int n = rates.length;
    blocks = new int[n];
    bytes = new double[n];
    blockSeconds = new double[n];
    for (int c = 0; c < n; c++) {
      BlockClass of = ground.classes.get(c);
      blocks[c] = of.blocks();
      bytes[c] = of.bytes();
      blockSeconds[c] = problem.layouts[of.file()].blockSize() / rates[c];
    }
    wishes = objective.isMakespanAlone() ? new Wish[0] : wishes(problem, ground.classes);
  }

  private static Wish[] wishes(IndexedProblem problem, List<BlockClass> classes) {
    Map<List<Object>, Wish> wishes = new LinkedHashMap<>();
    for (int d = 0; d < problem.demandHost.length; d++) {
      Demand demand = problem.problem.demands().get(d);
      int host = problem.demandHost[d];
      int file = problem.demandFile[d];
      int[] of =
          IntStream.range(0, classes.size())
              .filter(c -> classes.get(c).file() == file)
              .filter(c -> Arrays.binarySearch(classes.get(c).needers(), host) >= 0)
              .toArray();
      double deadline = demand.deadline() == null ? Double.POSITIVE_INFINITY : demand.deadline();
      if (of.length > 0) {
        wishes.merge(
            List.of(Arrays.toString(of), deadline),
            new Wish(of, demand.deadline(), demand.weight()),
            (a, b) -> new Wish(a.classes, a.deadline, a.weight + b.weight));
      }
    }
    return wishes.values().toArray(new Wish[0]);
  }

  /**
   * The score to be expected.
   *
   * @param fullness of the fullest resource, 1 where it is just full
   * @param levels of all trees of each class beyond their first, or what counts as such
   * @param byteCost of each class: what a byte costs on all its ways
   */
  double score(double fullness, double[] levels, double[] byteCost) {
    double makespan = 0;
    double[] end = new double[blocks.length];
    double cost = 0;
    for (int c = 0; c < end.length; c++) {
      end[c] = begin + fullness * (blocks[c] + levels[c]) * blockSeconds[c];
      makespan = Math.max(makespan, end[c]);
      cost += bytes[c] * byteCost[c];
    }
    double weighted = 0;
    double late = 0;
    for (Wish w : wishes) {
      double met = 0;
      for (int c : w.classes) {
        met = Math.max(met, end[c]);
      }
      weighted += w.weight * met;
      late += w.deadline == null ? 0 : w.weight * Math.max(0, met - w.deadline);
    }
    return objective.score(makespan, weighted, cost, late);
  }
}
