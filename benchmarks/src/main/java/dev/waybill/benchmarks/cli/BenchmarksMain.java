package dev.waybill.benchmarks.cli;

import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.cli.CommandLine;
import dev.waybill.runtime.cli.Interruption;
import java.util.List;

/** The benchmarks' process: comparisons of solvers, and the kernels' benchmarks. */
public final class BenchmarksMain {
  private BenchmarksMain() {}

  public static void main(String[] args) {
    Interruption interruption = new Interruption();
    interruption.exit(
        new CommandLine(
                List.of(
                    new BenchCommand(interruption, Solvers::named),
                    new BenchRunCommand(interruption, Solvers::named),
                    new JmhCommand()))
            .run(args));
  }
}
