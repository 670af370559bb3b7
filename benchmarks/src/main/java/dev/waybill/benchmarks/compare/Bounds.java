package dev.waybill.benchmarks.compare;

import java.util.List;

/**
 * What is proven about an instance of a comparison: the tightest of all that its runs have proven,
 * so that every solver is measured against the same.
 *
 * @param lowerBound seconds; no schedule has a smaller makespan
 * @param scoreBound no schedule has a lower score
 * @param because why the bound on the makespan holds, for people
 * @param provenBy the solver whose run proved it first
 */
public record Bounds(double lowerBound, double scoreBound, String because, String provenBy) {
  /** Nothing is proven. */
  static final Bounds NONE = new Bounds(0, 0, "nothing was proven", "nobody");

  /** These, or what the runs of {@code solver} have proven where that is more. */
  Bounds orTighter(String solver, List<RunResult> runs) {
    Bounds best = this;
    for (RunResult run : runs) {
      Figures f = run.figures();
      if (f == null) {
        continue;
      }
      boolean tighter = best.equals(NONE) || f.lowerBound() > best.lowerBound * (1 + 1e-12);
      best =
          new Bounds(
              Math.max(best.lowerBound, f.lowerBound()),
              Math.max(best.scoreBound, f.scoreBound()),
              tighter ? f.because() : best.because,
              tighter ? solver : best.provenBy);
    }
    return best;
  }

  /** Makespan / bound; 1 where both are 0, infinite where nothing is proven. */
  double ratio(double makespan) {
    return over(makespan, lowerBound);
  }

  /** Score / bound of the score, likewise. */
  double scoreRatio(double score) {
    return over(score, scoreBound);
  }

  /**
   * When a run first had a schedule within {@code gap} of the bound; infinite where it never had.
   */
  double secondsUntilWithin(double gap, RunResult run) {
    return run.found().stream()
        .filter(f -> scoreRatio(f.score()) <= 1 + gap)
        .mapToDouble(Found::seconds)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static double over(double value, double bound) {
    return value == 0 && bound == 0 ? 1 : value / bound;
  }
}
