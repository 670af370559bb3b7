package dev.waybill.planner.solve;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
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
  /** What hosts take from the end of a copy to their next one's first block, about. */
  public static final double HAND_OVER_SECONDS = 0.2;

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
   * What a schedule is worth, the less the better: its score, and for each copy that a receiver of
   * {@code problem} gets on average the time of its hand-over.
   */
  public double value(Problem problem, Schedule schedule) {
    return schedule.score() + handOverSeconds * perCopy(problem) * schedule.copies().size();
  }

  /**
   * Whether a schedule is good enough to stop at: within the gap, and with no more than two copies
   * for each receiver where copies count. Hosts wait while the solver runs: for them it is also
   * good enough once no better one can save more than has been waited for already, which costs them
   * at most twice what the best moment to stop would (as in ski rental).
   *
   * @param scoreBound the least score that isn't excluded
   * @param elapsedSeconds since the solver began, and of earlier runs that it goes on from
   */
  public boolean isMet(
      Problem problem, Schedule schedule, double scoreBound, double elapsedSeconds) {
    double weight = problem.objective().makespan();
    double handOvers = 2 * handOverSeconds * weight;
    double value = value(problem, schedule);
    boolean near =
        schedule.score() <= scoreBound * (1 + gap) && value <= scoreBound * (1 + gap) + handOvers;
    return near || (isForHosts() && value - scoreBound - handOvers <= elapsedSeconds * weight);
  }

  /** Whether hosts wait for the schedule, that they may carry it out. */
  public boolean isForHosts() {
    return handOverSeconds > 0;
  }

  private static double perCopy(Problem problem) {
    return problem.objective().makespan() / Math.max(1, problem.demands().size());
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
