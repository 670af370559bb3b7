package dev.waybill.benchmarks.compare;

import java.io.IOException;

/** Where the runs of a comparison are made. Whatever a solver does, a run comes to an end. */
public interface Runner {
  /**
   * Makes one run.
   *
   * @throws IOException where the schedule can't be written or a process can't be started
   */
  RunOutcome run(RunRequest request) throws IOException, InterruptedException;

  /** Ends the run that is being made; from any thread. */
  void cancel();
}
