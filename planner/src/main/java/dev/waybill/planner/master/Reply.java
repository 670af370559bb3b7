package dev.waybill.planner.master;

/**
 * What the master's core answers to a request.
 *
 * @param <R> what it gives where it does as it is asked
 */
public sealed interface Reply<R> {
  /** It was done. */
  record Accepted<R>(R value) implements Reply<R> {}

  /**
   * It was not done, and nothing has changed.
   *
   * @param why the kind of refusal
   * @param detail one line for people
   */
  record Declined<R>(Why why, String detail) implements Reply<R> {}

  /** The kinds of refusal. */
  enum Why {
    /** It makes no sense. */
    MALFORMED,
    /** Nobody who is trusted stands for it. */
    FORBIDDEN,
    /** It names something that is not there. */
    UNKNOWN,
    /** It contradicts what has been published. */
    CONFLICT
  }

  /** What is answered where there is nothing to tell. */
  enum Done {
    DONE
  }
}
