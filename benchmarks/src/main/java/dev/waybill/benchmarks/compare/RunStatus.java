package dev.waybill.benchmarks.compare;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a run of a solver in a comparison ended. */
public enum RunStatus {
  /** A schedule, which has passed the checker. */
  PLANNED("planned"),
  /** Proven: no schedule meets every demand. */
  INFEASIBLE("infeasible"),
  /** This solver can't handle this instance. */
  UNSUPPORTED("unsupported"),
  /** There may be a schedule; the solver found none. */
  GAVE_UP("gave up"),
  /** The solver made something that breaks a constraint. */
  DEFECTIVE("defective"),
  /** The solver or its process broke down. */
  CRASHED("crashed"),
  /** Ended from outside, long after its time was over. */
  TIMED_OUT("timed out");

  private final String word;

  RunStatus(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }
}
