package dev.waybill.planner.solve;

import java.time.Duration;

/**
 * When a solver of the planner is to stop, and what its random choices start from.
 *
 * @param timeLimit after this it returns the best schedule that it has; longer than 0
 * @param gap it stops as soon as score / bound of the score is at most 1 + gap; not negative
 * @param seed of every random choice
 * @param handOverSeconds what a copy costs its receiver beside its time, from the end of the one
 *     before to its first block: schedules with few copies are preferred by so much
 */
public record SolveLimits(Duration timeLimit, double gap, long seed, double handOverSeconds) {
  private static final double HAND_OVER_SECONDS = 0.2;

  public SolveLimits {
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("a time limit of " + timeLimit);
    }
    if (!(gap >= 0)) {
      throw new IllegalArgumentException("a gap of " + gap);
    }
    if (!(handOverSeconds >= 0) || Double.isInfinite(handOverSeconds)) {
      throw new IllegalArgumentException("a hand-over of " + handOverSeconds + " s");
    }
  }

  /** Limits under which copies cost nothing beside their time. */
  public SolveLimits(Duration timeLimit, double gap, long seed) {
    this(timeLimit, gap, seed, 0);
  }

  /**
   * Limits for schedules that hosts are to carry out, some of which have little processor time to
   * spare: a copy begins with a request to a peer, so that few long copies are worth some makespan.
   */
  public static SolveLimits forHosts(Duration timeLimit, double gap) {
    return new SolveLimits(timeLimit, gap, 1, HAND_OVER_SECONDS);
  }

  /** A minute, no gap, seed 1. */
  public static SolveLimits standard() {
    return new SolveLimits(Duration.ofMinutes(1), 0, 1);
  }
}
