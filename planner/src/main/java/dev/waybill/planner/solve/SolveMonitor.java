package dev.waybill.planner.solve;

import dev.waybill.model.schedule.Schedule;

/** How a solver of the planner and its caller talk while it runs. */
public interface SolveMonitor {
  /** Nobody watches, nobody cancels. */
  SolveMonitor NONE = () -> false;

  /** Whether the answer is no longer wanted; asked often, from the solver's thread. */
  boolean cancelled();

  /**
   * Told of every schedule that is better than those before, as soon as it is found; from the
   * solver's thread.
   */
  default void found(Schedule schedule) {}

  /** Told in one line for people what has gone wrong without ending the run. */
  default void note(String line) {}

  /** Told now and then which fraction of the work, 0 to 1, is done. */
  default void progress(double fraction) {}

  /** One that is cancelled together with this one and passes nothing on, for a part of the run. */
  default SolveMonitor quietly() {
    return () -> cancelled();
  }
}
