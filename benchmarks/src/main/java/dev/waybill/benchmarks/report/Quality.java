package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.InstanceResult;
import dev.waybill.benchmarks.compare.Spread;
import java.util.Locale;

/**
 * How good scores of one instance are, for the report's charts: how far above the proven bound of
 * the score, in percent; above the best score of all where nothing is proven.
 *
 * @param reference what counts as 0 %
 * @param proven whether that is the bound
 */
record Quality(double reference, boolean proven) {
  /** What is less than a thousandth of a percent is rounding. */
  static final double LEAST_PERCENT = 1e-3;

  static Quality of(InstanceResult result) {
    double bound = result.bounds().scoreBound();
    if (bound > 0) {
      return new Quality(bound, true);
    }
    Spread best = result.best().map(c -> c.score()).orElse(null);
    return new Quality(best == null ? 0 : best.min(), false);
  }

  double percentAbove(double score) {
    if (score <= reference) {
      return 0;
    }
    return reference == 0 ? 100 : 100 * (score / reference - 1);
  }

  String say(double score) {
    double percent = percentAbove(score);
    String digits =
        percent == 0
            ? "0"
            : percent < LEAST_PERCENT
                ? "< 0.001"
                : percent < 10 ? trimmed(percent) : Say.number(percent);
    return digits + " %" + (proven ? "" : " above the best");
  }

  private static String trimmed(double percent) {
    return String.format(Locale.ROOT, percent < 1 ? "%.3f" : "%.2f", percent)
        .replaceFirst("0+$", "")
        .replaceFirst("\\.$", "");
  }
}
