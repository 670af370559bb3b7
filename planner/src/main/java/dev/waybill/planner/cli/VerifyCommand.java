package dev.waybill.planner.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.JsonOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Options;

/**
 * The command {@code verify}: whether a schedule, from whatever source, keeps every constraint of
 * an instance.
 */
final class VerifyCommand implements Command {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "Checks a schedule from any source against an instance and names what it breaks.";
  }

  @Override
  public String usage() {
    return "INSTANCE SCHEDULE [--json]";
  }

  @Override
  public String example() {
    return "./waybill verify instances/three-hosts.json schedule.json";
  }

  @Override
  public Options options() {
    return Flags.of().json().build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    List<String> files = arguments.positional("INSTANCE", "SCHEDULE");
    Path instance = Arguments.pathOf("INSTANCE", files.get(0));
    Path schedule = Arguments.pathOf("SCHEDULE", files.get(1));
    Problem problem = InstanceFormat.read(instance);
    Schedule checked = ScheduleFormat.read(schedule, problem);
    Verdict verdict = ScheduleChecker.check(problem, checked);
    if (arguments.has("json")) {
      JsonOutput.print(json -> write(verdict, json));
    } else {
      verdict.violations().forEach(v -> System.out.println(v.kind() + "  " + v));
      long more = verdict.violationCount() - verdict.violations().size();
      if (more > 0) {
        System.out.println("and " + more + " more");
      }
      System.out.printf(
          Locale.ROOT,
          "%s: %d violations, makespan %.6g s, cost %.6g, score %.6g%n",
          verdict.valid() ? "valid" : "not valid",
          verdict.violationCount(),
          verdict.makespan(),
          verdict.cost(),
          verdict.score());
    }
    return verdict.valid() ? ExitStatus.DONE : ExitStatus.NO;
  }

  private static void write(Verdict verdict, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("violations", verdict.violationCount());
    json.writeNumberField("makespan", verdict.makespan());
    json.writeNumberField("cost", verdict.cost());
    json.writeNumberField("score", verdict.score());
    json.writeArrayFieldStart("examples");
    for (var v : verdict.violations()) {
      json.writeStartObject();
      json.writeStringField("kind", v.kind().name());
      json.writeStringField("place", v.place());
      json.writeStringField("message", v.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
