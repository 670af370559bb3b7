package dev.waybill.planner.master;

/**
 * When the master takes a component out of service (claim 17), and for how long.
 *
 * @param threshold so many accusations, each less the older it is, take it out
 * @param halfLifeSeconds after so long an accusation counts half
 * @param probationSeconds after so long it is probed; twice as long each time that fails, up to ten
 *     times
 */
public record FailureRules(double threshold, double halfLifeSeconds, double probationSeconds) {
  /** What is used where nothing else is said. */
  public static final FailureRules STANDARD = new FailureRules(5, 60, 30);

  /**
   * No single accuser counts for more than this part of the threshold: two different hosts have to
   * suspect a third one before it goes.
   */
  private static final double OF_ONE_ACCUSER = 0.6;

  public FailureRules {
    if (!(threshold >= 1 && halfLifeSeconds > 0 && probationSeconds > 0)) {
      throw new IllegalArgumentException(
          "threshold %s, half-life %s s, probation %s s"
              .formatted(threshold, halfLifeSeconds, probationSeconds));
    }
  }

  double most(boolean oneself) {
    return oneself ? threshold : OF_ONE_ACCUSER * threshold;
  }

  /** What is left of a count after so many seconds. */
  double decayed(double count, double seconds) {
    return count * Math.exp(-Math.log(2) * Math.max(0, seconds) / halfLifeSeconds);
  }
}
