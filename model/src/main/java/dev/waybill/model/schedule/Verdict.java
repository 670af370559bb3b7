package dev.waybill.model.schedule;

import java.util.List;

/**
 * What the checker says of a schedule: its true figures, and where it breaks a constraint.
 *
 * @param violations the first of them, at most 20, with at least one of each kind that there is
 * @param violationCount all of them
 * @param makespan seconds; over the demands that are met
 */
public record Verdict(
    List<Violation> violations,
    long violationCount,
    double makespan,
    double weightedCompletion,
    double cost,
    double lateness,
    double score) {
  public Verdict {
    violations = List.copyOf(violations);
  }

  public boolean valid() {
    return violationCount == 0;
  }
}
