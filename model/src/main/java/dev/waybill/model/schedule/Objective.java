package dev.waybill.model.schedule;

/**
 * What a schedule is to minimise: the weights of its score, each finite and not negative.
 *
 * @param makespan per second until the last demand is met
 * @param weightedCompletion per second of the sum of weight * completion
 * @param cost per unit of cost, the sum of bytes * costPerByte over the copies and their resources
 * @param lateness per second of the sum of weight * max(0, completion - deadline)
 */
public record Objective(double makespan, double weightedCompletion, double cost, double lateness) {
  /** The makespan alone. */
  public static final Objective MAKESPAN = new Objective(1, 0, 0, 0);

  public Objective {
    for (double w : new double[] {makespan, weightedCompletion, cost, lateness}) {
      if (!(w >= 0) || Double.isInfinite(w)) {
        throw new IllegalArgumentException("an objective with weight " + w);
      }
    }
  }

  /** Whether the score of a schedule is its makespan. */
  public boolean isMakespanAlone() {
    return equals(MAKESPAN);
  }

  /** The score of a schedule with these figures. */
  public double score(
      double makespanSeconds,
      double weightedCompletionSeconds,
      double costs,
      double latenessSeconds) {
    return makespan * makespanSeconds
        + weightedCompletion * weightedCompletionSeconds
        + cost * costs
        + lateness * latenessSeconds;
  }
}
