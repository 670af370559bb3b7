package dev.waybill.benchmarks.cli;

import dev.waybill.benchmarks.compare.Comparison;
import dev.waybill.benchmarks.compare.Figures;
import dev.waybill.benchmarks.compare.InstanceFacts;
import dev.waybill.benchmarks.compare.RunResult;
import dev.waybill.runtime.cli.Progress;
import dev.waybill.runtime.cli.Terminal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far {@code bench} has come, on standard error: a bar on a terminal, a line a run elsewhere.
 */
final class BenchProgress implements Comparison.Listener, AutoCloseable {
  private final Comparison comparison;
  private final boolean quiet;
  private final @Nullable Progress bar;
  private volatile String last = "";

  private BenchProgress(Comparison comparison, boolean quiet) {
    this.comparison = comparison;
    this.quiet = quiet;
    this.bar = quiet || !Terminal.isError() ? null : Progress.show("bench", this::state);
  }

  static BenchProgress show(Comparison comparison, boolean quiet) {
    return new BenchProgress(comparison, quiet);
  }

  private Progress.State state() {
    return new Progress.State(
        (double) comparison.done() / comparison.runs(),
        comparison.done() + " of " + comparison.runs() + last);
  }

  @Override
  public void ran(InstanceFacts instance, String solver, int run, RunResult result) {
    Figures figures = result.figures();
    String outcome =
        figures == null
            ? result.status().word() + ": " + result.reason()
            : String.format(
                Locale.ROOT,
                "makespan %.6g s, bound %.6g s",
                figures.makespan(),
                figures.lowerBound());
    last = ", last: " + instance.name() + " " + solver;
    if (!quiet && bar == null) {
      System.err.printf(
          Locale.ROOT,
          "[%d/%d] %s, %s, run %d: %s, %.2f s%n",
          comparison.done(),
          comparison.runs(),
          instance.name(),
          solver,
          run,
          outcome,
          result.solveSeconds());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
