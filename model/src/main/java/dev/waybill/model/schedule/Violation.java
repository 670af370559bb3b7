package dev.waybill.model.schedule;

/**
 * One place where a schedule breaks a constraint of its problem.
 *
 * @param place what breaks it, as {@code copies[3]}, or the name of a resource or host
 * @param message what is wrong, for people
 */
public record Violation(Kind kind, String place, String message) {
  /** The hard constraints, and the figures that a schedule states. */
  public enum Kind {
    /** (1) The rates of the running copies that use a resource sum to more than its capacity. */
    CAPACITY,
    /** (2) The sender does not hold a block when that block's transfer begins. */
    SENDER_HOLDS,
    /** (3) A demand is not met. */
    DEMAND,
    /** (4) A host that is no relay is sent blocks that it does not demand. */
    UNWANTED,
    /** (5) A host is sent more bytes than it has storage for. */
    STORAGE,
    /** (6) A host is sent a block that it holds already or is sent by another copy. */
    DUPLICATE,
    /** A copy between hosts that are not connected, or from a host to itself. */
    NO_PATH,
    /**
     * A stated makespan, cost or score is not the true one, or the lower bound is above the
     * makespan.
     */
    FIGURE
  }

  @Override
  public String toString() {
    return place + ": " + message;
  }
}
