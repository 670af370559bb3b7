package dev.waybill.benchmarks.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of one solver on one instance in a comparison.
 *
 * @param seed of the solver's random choices
 * @param reason what stands behind a status other than planned, in one line
 * @param solveSeconds how long the solver took
 * @param figures of the schedule, where there is one
 * @param memory where it could be measured
 * @param found the schedules on the way, in the order of time; the last one is the result
 * @param notes what has gone wrong without ending the run, each in one line
 */
public record RunResult(
    long seed,
    RunStatus status,
    @Nullable String reason,
    double solveSeconds,
    @Nullable Figures figures,
    @Nullable Memory memory,
    List<Found> found,
    List<String> notes) {
  public RunResult {
    found = List.copyOf(found);
    notes = List.copyOf(notes);
    if ((status == RunStatus.PLANNED) != (figures != null)) {
      throw new IllegalArgumentException(status + " with figures " + figures);
    }
  }

  /** A run without a schedule. */
  static RunResult failed(long seed, RunStatus status, String reason, double solveSeconds) {
    return new RunResult(seed, status, reason, solveSeconds, null, null, List.of(), List.of());
  }
}
