package dev.waybill.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One solver of a comparison over all instances.
 *
 * @param cells on how many instances it was run
 * @param planned on how many of these every run has a schedule
 * @param best on how many its median score is the lowest of all solvers', within 0.01 %
 * @param geometricMeanRatio of score / bound over the instances that it planned and whose score has
 *     a bound above 0; null where there is none
 * @param worstRatio the largest of these
 * @param medianSolveSeconds over all its runs
 * @param maxMemoryBytes over all its runs
 */
public record SolverSummary(
    String solver,
    int cells,
    int planned,
    int best,
    @Nullable Double geometricMeanRatio,
    @Nullable Double worstRatio,
    @Nullable Double medianSolveSeconds,
    @Nullable Long maxMemoryBytes) {
  private static final double EQUAL = 1e-4;

  static SolverSummary of(String solver, List<InstanceResult> results) {
    int cells = 0;
    int planned = 0;
    int best = 0;
    double logs = 0;
    double worst = 0;
    int ratios = 0;
    long memory = 0;
    List<RunResult> runs = new ArrayList<>();
    for (InstanceResult result : results) {
      for (Cell c : result.cells()) {
        if (!c.solver().equals(solver)) {
          continue;
        }
        cells++;
        runs.addAll(c.runs());
        Spread memories = c.memoryBytes();
        memory = Math.max(memory, memories == null ? 0 : (long) memories.max());
        planned += c.status() == RunStatus.PLANNED ? 1 : 0;
        best += isBest(c, result) ? 1 : 0;
        Spread ratio = c.scoreRatio();
        if (ratio != null) {
          logs += Math.log(ratio.median());
          worst = Math.max(worst, ratio.median());
          ratios++;
        }
      }
    }
    Spread seconds = Spread.ofAll(runs, RunResult::solveSeconds);
    return new SolverSummary(
        solver,
        cells,
        planned,
        best,
        ratios == 0 ? null : Math.exp(logs / ratios),
        ratios == 0 ? null : worst,
        seconds == null ? null : seconds.median(),
        memory == 0 ? null : memory);
  }

  private static boolean isBest(Cell cell, InstanceResult result) {
    Spread score = cell.score();
    Spread least = result.best().map(Cell::score).orElse(null);
    return score != null
        && least != null
        && score.median() <= least.median() + EQUAL * Math.abs(least.median());
  }
}
