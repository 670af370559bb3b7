package dev.waybill.benchmarks.compare;

import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.solve.SolveMonitor;
import java.util.ArrayList;
import java.util.List;

/** Writes down when a solver in a comparison finds what. */
final class Recorder implements SolveMonitor {
  private final long startNanos = System.nanoTime();
  private final List<Found> found = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private volatile boolean cancelled;

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public synchronized void found(Schedule schedule) {
    found.add(new Found(elapsedSeconds(), schedule.makespan(), schedule.score()));
  }

  @Override
  public synchronized void note(String line) {
    notes.add(line);
  }

  /** What has gone wrong without ending the run, so far. */
  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  /** Since the solver began. */
  double elapsedSeconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /**
   * All of them, each with a lower score than those before.
   *
   * @param last what the solver ended with
   */
  synchronized List<Found> foundUntil(Found last) {
    List<Found> out = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (Found f : found) {
      if (f.score() < best && f.score() >= last.score() * (1 - 1e-9)) {
        out.add(f);
        best = f.score();
      }
    }
    if (out.isEmpty() || last.score() < best * (1 - 1e-9)) {
      out.add(last);
    }
    return out;
  }
}
