package dev.waybill.benchmarks.cli;

import dev.waybill.benchmarks.compare.BenchResult;
import dev.waybill.benchmarks.compare.Comparison;
import dev.waybill.benchmarks.compare.InProcess;
import dev.waybill.benchmarks.compare.InstanceFacts;
import dev.waybill.benchmarks.compare.OwnProcess;
import dev.waybill.benchmarks.compare.Published;
import dev.waybill.benchmarks.compare.Runner;
import dev.waybill.benchmarks.report.ReportFiles;
import dev.waybill.benchmarks.report.TextTable;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.Messages;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.Interruption;
import dev.waybill.runtime.cli.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.Options;

/** The command {@code bench}: compares solvers on instance files. */
public final class BenchCommand implements Command {
  private static final double TIME_LIMIT_SECONDS = 60;

  /** How long an interrupted comparison may take to write its report. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Interruption interruption;
  private final Function<String, Solver> solvers;

  /**
   * @param solvers what makes a solver of its name
   */
  public BenchCommand(Interruption interruption, Function<String, Solver> solvers) {
    this.interruption = interruption;
    this.solvers = solvers;
  }

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String summary() {
    return "Compares solvers on instances: how close to the bound, how soon, in how much memory."
        + " Ctrl-C ends it with what is complete so far.";
  }

  @Override
  public String usage() {
    return "INSTANCE... [--solvers A,B,...] [--time-limit SECONDS] [--gap G] [--runs N] [--seed N]"
        + " [--report DIR] [--in-process]";
  }

  @Override
  public String example() {
    return "./waybill bench instances/three-hosts.json --solvers auto,greedy --report report";
  }

  @Override
  public Options options() {
    return Flags.of()
        .value("solvers", "A,B,...", "default: all, " + String.join(",", Solvers.names()))
        .value("time-limit", "SECONDS", "of each run; default 60")
        .value("gap", "G", "a run stops once score / bound <= 1 + G; default 0")
        .value("runs", "N", "of each solver on each instance; default 1")
        .value("seed", "N", "of the first run, the next has the next; default 1")
        .value("report", "DIR", "write index.html, bench.json, bench.csv and the schedules there")
        .flag("in-process", "all runs in this JVM, which is warm after the first; memory is heap")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    List<String> names = solverNames(arguments);
    BenchResult.Settings settings = settings(arguments);
    List<InstanceFacts> instances = instances(arguments);
    Optional<ReportFiles> report = report(arguments);
    Runner runner =
        arguments.has("in-process")
            ? new InProcess(solvers)
            : new OwnProcess(BenchmarksMain.class.getName());
    Comparison comparison =
        new Comparison(
            instances, names, settings, runner, report.map(ReportFiles::schedules).orElse(null));
    try (Interruption.Listening listening = interruption.listen(comparison::cancel, PATIENCE)) {
      BenchResult result = run(comparison, arguments.has("json"));
      report(result, comparison, report, arguments.has("json"));
      return result.instances().isEmpty() ? ExitStatus.NO : ExitStatus.DONE;
    }
  }

  private static BenchResult run(Comparison comparison, boolean quiet)
      throws IOException, InterruptedException {
    try (BenchProgress progress = BenchProgress.show(comparison, quiet)) {
      return comparison.run(progress);
    }
  }

  private static void report(
      BenchResult result, Comparison comparison, Optional<ReportFiles> report, boolean json)
      throws IOException {
    if (report.isPresent()) {
      report.get().write(result, comparison.pictures());
    }
    if (json) {
      System.out.println(Messages.pretty(result));
    } else {
      System.out.print(TextTable.of(result));
      report.ifPresent(r -> System.out.println("\nreport       " + r.page()));
    }
    if (!result.complete()) {
      Terminal.notice(
          "interrupted after " + comparison.done() + " of " + comparison.runs() + " runs");
    }
  }

  private List<String> solverNames(Arguments arguments) throws CommandFailure {
    List<String> names = arguments.list("solvers");
    if (names.isEmpty()) {
      return List.copyOf(Solvers.names());
    }
    for (String name : names) {
      try {
        Objects.requireNonNull(solvers.apply(name), name);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(ExitStatus.USAGE, "--solvers: " + e.getMessage(), e);
      }
    }
    return List.copyOf(new LinkedHashSet<>(names));
  }

  private static BenchResult.Settings settings(Arguments arguments) throws CommandFailure {
    double limit =
        arguments.seconds("time-limit").map(d -> d.toNanos() / 1e9).orElse(TIME_LIMIT_SECONDS);
    if (limit == 0) {
      throw CommandFailure.usage("--time-limit: not above 0");
    }
    return new BenchResult.Settings(
        limit,
        arguments.number("gap", 0).orElse(0.0),
        arguments.whole("runs", 1, 10_000).orElse(1L).intValue(),
        arguments.whole("seed", Integer.MIN_VALUE, Integer.MAX_VALUE).orElse(1L),
        !arguments.has("in-process"));
  }

  /** All of them are read before anything is run, so that a malformed one is known at once. */
  private static List<InstanceFacts> instances(Arguments arguments)
      throws CommandFailure, IOException, FormatException {
    if (arguments.positional().isEmpty()) {
      throw CommandFailure.usage("INSTANCE is missing");
    }
    List<InstanceFacts> instances = new ArrayList<>();
    for (String word : new LinkedHashSet<>(arguments.positional())) {
      Path file = Arguments.pathOf("INSTANCE", word);
      var problem = InstanceFormat.read(file);
      instances.add(InstanceFacts.of(problem, file, Published.of(problem.name(), file)));
    }
    return InstanceFacts.withUniqueNames(instances);
  }

  private static Optional<ReportFiles> report(Arguments arguments)
      throws CommandFailure, IOException {
    Optional<Path> folder = arguments.path("report");
    return folder.isEmpty() ? Optional.empty() : Optional.of(ReportFiles.in(folder.get()));
  }
}
