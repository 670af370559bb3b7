package dev.waybill.benchmarks.cli;

import dev.waybill.benchmarks.compare.Memory;
import dev.waybill.benchmarks.compare.RunOutcome;
import dev.waybill.benchmarks.compare.RunRequest;
import dev.waybill.benchmarks.compare.SolverRun;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.Messages;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Solver;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.apache.commons.cli.Options;

/**
 * The command {@code bench-run}, which {@code bench} starts for every run: one solver on one
 * instance, alone in a process. It ends with its parent.
 */
final class BenchRunCommand implements Command {
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Interruption interruption;
  private final Function<String, Solver> solvers;

  BenchRunCommand(Interruption interruption, Function<String, Solver> solvers) {
    this.interruption = interruption;
    this.solvers = solvers;
  }

  @Override
  public String name() {
    return "bench-run";
  }

  @Override
  public String summary() {
    return "One run of bench, in a process of its own; bench starts it.";
  }

  @Override
  public String usage() {
    return "INSTANCE --solver NAME --outcome FILE --time-limit SECONDS --gap G --seed N"
        + " [--schedule FILE] [--pictured]";
  }

  @Override
  public String example() {
    return "./waybill bench instances/three-hosts.json --solvers greedy";
  }

  @Override
  public Options options() {
    return Flags.of()
        .value("solver", "NAME", "the solver")
        .value("outcome", "FILE", "where the outcome is written")
        .value("time-limit", "SECONDS", "the solver's time")
        .value("gap", "G", "stop once score / bound <= 1 + G")
        .value("seed", "N", "of the solver's random choices")
        .value("schedule", "FILE", "where the schedule is written")
        .flag("pictured", "the outcome has a picture of the schedule")
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    // Ctrl-C reaches every process of a terminal; what becomes of this one is up to its parent.
    try (Interruption.Listening listening = interruption.listen(() -> {}, PATIENCE)) {
      endWithParent();
      make(arguments);
      return ExitStatus.DONE;
    }
  }

  private void make(Arguments arguments) throws Exception {
    Path instance = Arguments.pathOf("INSTANCE", arguments.positional("INSTANCE").get(0));
    SolveLimits limits =
        new SolveLimits(
            arguments.seconds("time-limit").orElse(Duration.ofMinutes(1)),
            arguments.number("gap", 0).orElse(0.0),
            arguments.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(1L));
    RunRequest request =
        new RunRequest(
            instance,
            arguments.required("solver"),
            limits,
            arguments.path("schedule").orElse(null),
            arguments.has("pictured"));
    SolverRun run =
        new SolverRun(InstanceFormat.read(instance), solvers.apply(request.solver()), request);
    RunOutcome outcome = run.run(Memory::ofProcess);
    Files.write(
        Arguments.pathOf("--outcome", arguments.required("outcome")), Messages.write(outcome));
  }

  /** The parent never writes to standard input, which is closed when it is gone. */
  private static void endWithParent() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException e) {
                // The same as its end.
              }
              Runtime.getRuntime().halt(ExitStatus.NO.code());
            },
            "parent");
    thread.setDaemon(true);
    thread.start();
  }
}
