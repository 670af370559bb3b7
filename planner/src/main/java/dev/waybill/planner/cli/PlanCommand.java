package dev.waybill.planner.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.DeadlineProof;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Reachability;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.planner.solve.mip.Frontier;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.Interruption;
import dev.waybill.runtime.cli.JsonOutput;
import dev.waybill.runtime.cli.Progress;
import dev.waybill.runtime.cli.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** The command {@code plan}: one planning run on an instance file. */
final class PlanCommand implements Command {
  private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

  /** How long an interrupted run may take to write what it has. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Interruption interruption;

  PlanCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "Plans an instance: which host sends which blocks to whom, when and how fast. Ctrl-C takes"
        + " the best plan so far.";
  }

  @Override
  public String usage() {
    return "INSTANCE [--solver NAME] [--time-limit SECONDS] [--gap G] [--seed N] [--output FILE]"
        + " [--frontier N] [--bound-only]";
  }

  @Override
  public String example() {
    return "./waybill plan instances/three-hosts.json --output schedule.json";
  }

  @Override
  public Options options() {
    return Flags.of()
        .value("solver", "NAME", SolverOption.description())
        .value("time-limit", "SECONDS", "after this the best schedule so far is taken; default 60")
        .value("gap", "G", "stop once score / bound <= 1 + G; default 0")
        .value("seed", "N", "of the solver's random choices; default 1")
        .value(
            "frontier",
            "N",
            "instead of one plan, the cheapest for each of N makespans from the fastest on")
        .value(
            "output",
            "FILE",
            "write the schedule here; .gz compresses it; with --frontier NAME.json becomes"
                + " NAME-1.json, NAME-2.json and so on")
        .flag("bound-only", "plan nothing: print the proven minimum, why it holds and what binds")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    Path file = Arguments.pathOf("INSTANCE", arguments.positional("INSTANCE").get(0));
    Solver solver = SolverOption.of(arguments, Solvers::named);
    SolveLimits limits = limits(arguments);
    Optional<Path> output = arguments.path("output");
    Optional<Long> points = arguments.whole("frontier", 2, FrontierReport.MOST_POINTS);
    boolean json = arguments.has("json");
    if (arguments.has("bound-only")) {
      printBound(file, read(file), json);
    } else if (points.isPresent()) {
      printFrontier(file, points.get().intValue(), limits, output, json);
    } else {
      plan(file, new PlanRun(solver, limits), solver, limits, output, json);
    }
    return ExitStatus.DONE;
  }

  private void plan(
      Path file,
      PlanRun run,
      Solver solver,
      SolveLimits limits,
      Optional<Path> output,
      boolean json)
      throws Exception {
    try (Interruption.Listening listening = interruption.listen(run::cancel, PATIENCE)) {
      Problem problem = read(file);
      Solution solution = solve(run, problem, json);
      if (!(solution instanceof Solution.Planned planned)) {
        throw failure(file, solver, solution, limits, run);
      }
      if (run.cancelled()) {
        Terminal.notice(
            String.format(
                Locale.ROOT,
                "interrupted after %.1f s; this is the best plan so far",
                run.elapsedSeconds()));
      }
      if (output.isPresent()) {
        ScheduleFormat.write(planned.schedule(), output.get());
      }
      BoundReport report = report(problem, planned.bound());
      if (json) {
        JsonOutput.print(out -> write(planned, report, out));
      } else {
        print(planned, report, output);
      }
    }
  }

  private static void printFrontier(
      Path file, int points, SolveLimits limits, Optional<Path> output, boolean json)
      throws Exception {
    Problem problem = read(file);
    Frontier.Answer answer = Frontier.of(problem, points, limits, SolveMonitor.NONE);
    if (!(answer instanceof Frontier.Points found)) {
      throw failure(file, "--frontier", ((Frontier.None) answer).because());
    }
    FrontierReport.print(found, output, json);
  }

  private static Problem read(Path file) throws IOException, FormatException {
    try (WarmUp warmUp = WarmUp.start()) {
      return InstanceFormat.read(file);
    }
  }

  private static Solution solve(PlanRun run, Problem problem, boolean quiet)
      throws InterruptedException {
    if (quiet) {
      return run.solve(problem);
    }
    try (Progress progress = Progress.show("planning " + problem.name(), run::state)) {
      return run.solve(problem);
    }
  }

  private static BoundReport report(Problem problem, Bound bound) {
    return new BoundReport(bound, DeadlineProof.of(new IndexedProblem(problem)));
  }

  private static void printBound(Path file, Problem problem, boolean json) throws Exception {
    long start = System.nanoTime();
    IndexedProblem indexed = new IndexedProblem(problem);
    Solution.Infeasible obstacle = Reachability.obstacle(indexed);
    if (obstacle != null) {
      throw infeasible(file, obstacle);
    }
    Bound bound = LowerBound.of(indexed);
    double took = (System.nanoTime() - start) / 1e9;
    BoundReport report = new BoundReport(bound, DeadlineProof.of(indexed));
    if (json) {
      JsonOutput.print(out -> report.writeAlone(problem.name(), took, out));
    } else {
      report.printAlone(problem.name(), took);
    }
  }

  private static SolveLimits limits(Arguments arguments) throws CommandFailure {
    Duration limit = arguments.seconds("time-limit").orElse(TIME_LIMIT);
    if (limit.isZero()) {
      throw CommandFailure.usage("--time-limit: not above 0");
    }
    return new SolveLimits(
        limit,
        arguments.number("gap", 0).orElse(0.0),
        arguments.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(1L));
  }

  private static CommandFailure infeasible(Path file, Solution.Infeasible why) {
    return new CommandFailure(ExitStatus.INFEASIBLE, file + ": infeasible: " + why.message());
  }

  private static CommandFailure failure(
      Path file, Solver solver, Solution solution, SolveLimits limits, PlanRun run) {
    String who = "solver " + solver.name();
    if (run.cancelled()) {
      return new CommandFailure(
          ExitStatus.NO, file + ": interrupted before " + who + " had any plan");
    }
    double limit = limits.timeLimit().toNanos() / 1e9;
    if (solution instanceof Solution.GaveUp && run.elapsedSeconds() >= limit) {
      return new CommandFailure(
          ExitStatus.NO,
          String.format(
              Locale.ROOT,
              "%s: %s found no plan within --time-limit %s s; give it more",
              file,
              who,
              limit));
    }
    return failure(file, who, solution);
  }

  private static CommandFailure failure(Path file, String who, Solution solution) {
    if (solution instanceof Solution.Infeasible i) {
      return infeasible(file, i);
    }
    if (solution instanceof Solution.Unsupported u) {
      return new CommandFailure(ExitStatus.UNSUPPORTED, file + ": " + who + ": " + u.reason());
    }
    String reason =
        solution instanceof Solution.GaveUp g
            ? g.reason()
            : ((Solution.Defective) solution).reason();
    return new CommandFailure(ExitStatus.NO, file + ": no schedule: " + reason);
  }

  private static void write(Solution.Planned planned, BoundReport report, JsonGenerator json)
      throws IOException {
    Schedule s = planned.schedule();
    json.writeStartObject();
    ScheduleFormat.writeSummary(s, json);
    if (Double.isFinite(s.ratio())) {
      json.writeNumberField("ratio", s.ratio());
    } else {
      json.writeNullField("ratio");
    }
    json.writeNumberField("copyCount", s.copies().size());
    report.write(json);
    json.writeEndObject();
  }

  private static void print(Solution.Planned planned, BoundReport report, Optional<Path> output) {
    Schedule s = planned.schedule();
    BoundReport.line("instance", s.instance());
    BoundReport.line("solver", s.solver());
    BoundReport.line("makespan", BoundReport.seconds(s.makespan()));
    BoundReport.line(
        "lower bound", BoundReport.seconds(s.lowerBound()) + "   " + planned.bound().because());
    BoundReport.line("ratio", String.format(Locale.ROOT, "%.4f", s.ratio()));
    BoundReport.line("cost", String.format(Locale.ROOT, "%.6g", s.cost()));
    BoundReport.line("score", String.format(Locale.ROOT, "%.6f", s.score()));
    BoundReport.line("copies", Integer.toString(s.copies().size()));
    BoundReport.line("solve time", BoundReport.seconds(s.solveSeconds()));
    report.print();
    output.ifPresent(path -> BoundReport.line("written to", path.toString()));
  }
}
