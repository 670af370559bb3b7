package dev.waybill.planner.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.bound.Bottleneck;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.JsonOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** The command {@code plan}: one planning run on an instance file. */
final class PlanCommand implements Command {
  private static final int BOTTLENECKS_SHOWN = 5;
  private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "Plans an instance: which host sends which blocks to whom, when and how fast.";
  }

  @Override
  public String usage() {
    return "INSTANCE [--solver NAME] [--time-limit SECONDS] [--gap G] [--seed N] [--output FILE]";
  }

  @Override
  public String example() {
    return "./waybill plan instances/three-hosts.json --output schedule.json";
  }

  @Override
  public Options options() {
    return Flags.of()
        .value("solver", "NAME", "one of " + String.join(", ", Solvers.names()) + "; default auto")
        .value("time-limit", "SECONDS", "after this the best schedule so far is taken; default 60")
        .value("gap", "G", "stop once score / bound <= 1 + G; default 0")
        .value("seed", "N", "of the solver's random choices; default 1")
        .value("output", "FILE", "write the schedule here; .gz compresses it")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    Path file = Arguments.pathOf("INSTANCE", arguments.positional("INSTANCE").get(0));
    Solver solver = SolverOption.of(arguments, Solvers::named);
    SolveLimits limits = limits(arguments);
    Optional<Path> output = arguments.path("output");
    Problem problem = InstanceFormat.read(file);
    Solution solution = solver.solve(problem, limits, SolveMonitor.NONE);
    if (!(solution instanceof Solution.Planned planned)) {
      throw failure(file, solver, solution);
    }
    if (output.isPresent()) {
      ScheduleFormat.write(planned.schedule(), output.get());
    }
    if (arguments.has("json")) {
      JsonOutput.print(json -> write(planned, json));
    } else {
      print(planned, output);
    }
    return ExitStatus.DONE;
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

  private static CommandFailure failure(Path file, Solver solver, Solution solution) {
    if (solution instanceof Solution.Infeasible i) {
      return new CommandFailure(ExitStatus.INFEASIBLE, file + ": infeasible: " + i.message());
    }
    if (solution instanceof Solution.Unsupported u) {
      return new CommandFailure(
          ExitStatus.UNSUPPORTED, file + ": solver " + solver.name() + ": " + u.reason());
    }
    String reason =
        solution instanceof Solution.GaveUp g
            ? g.reason()
            : ((Solution.Defective) solution).reason();
    return new CommandFailure(ExitStatus.NO, file + ": no schedule: " + reason);
  }

  private static void write(Solution.Planned planned, JsonGenerator json) throws IOException {
    Schedule s = planned.schedule();
    json.writeStartObject();
    ScheduleFormat.writeSummary(s, json);
    if (Double.isFinite(s.ratio())) {
      json.writeNumberField("ratio", s.ratio());
    } else {
      json.writeNullField("ratio");
    }
    json.writeNumberField("copyCount", s.copies().size());
    json.writeStringField("because", planned.bound().because());
    json.writeArrayFieldStart("bottlenecks");
    for (Bottleneck b : planned.bound().bottlenecks()) {
      json.writeStartObject();
      json.writeStringField("resource", b.resource());
      json.writeNumberField("secondsPerUnit", b.secondsPerUnit());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void print(Solution.Planned planned, Optional<Path> output) {
    Schedule s = planned.schedule();
    Bound bound = planned.bound();
    line("instance", s.instance());
    line("solver", s.solver());
    line("makespan", seconds(s.makespan()));
    line("lower bound", seconds(s.lowerBound()) + "   " + bound.because());
    line("ratio", String.format(Locale.ROOT, "%.4f", s.ratio()));
    line("cost", String.format(Locale.ROOT, "%.6g", s.cost()));
    line("score", String.format(Locale.ROOT, "%.6f", s.score()));
    line("copies", Integer.toString(s.copies().size()));
    line("solve time", seconds(s.solveSeconds()));
    List<Bottleneck> shown = bound.bottlenecks().stream().limit(BOTTLENECKS_SHOWN).toList();
    for (Bottleneck b : shown) {
      line(
          "bottleneck",
          b.resource()
              + String.format(
                  Locale.ROOT, "   1 MB/s more saves %.4g s", b.secondsPerUnit() * 1e6));
    }
    int more = bound.bottlenecks().size() - shown.size();
    if (more > 0) {
      line("", "and " + more + " more");
    }
    output.ifPresent(path -> line("written to", path.toString()));
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.6g s", value);
  }

  private static void line(String what, String value) {
    System.out.printf(Locale.ROOT, "%-12s %s%n", what, value);
  }
}
