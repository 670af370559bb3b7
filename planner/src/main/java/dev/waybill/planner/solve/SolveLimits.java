package dev.waybill.planner.solve;

import java.time.Duration;

/**
 * When a solver of the planner is to stop, and what its random choices start from.
 *
 * @param timeLimit after this it returns the best schedule that it has; longer than 0
 * @param gap it stops as soon as score / bound of the score is at most 1 + gap; not negative
 * @param seed of every random choice
 */
public record SolveLimits(Duration timeLimit, double gap, long seed) {
  public SolveLimits {
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("a time limit of " + timeLimit);
    }
    if (!(gap >= 0)) {
      throw new IllegalArgumentException("a gap of " + gap);
    }
  }

  /** A minute, no gap, seed 1. */
  public static SolveLimits standard() {
    return new SolveLimits(Duration.ofMinutes(1), 0, 1);
  }
}
