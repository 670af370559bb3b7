package dev.waybill.planner.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.solve.mip.Frontier;
import dev.waybill.runtime.cli.JsonOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code plan --frontier} prints and writes. */
final class FrontierReport {
  static final long MOST_POINTS = 100;

  private FrontierReport() {}

  static void print(Frontier.Points frontier, Optional<Path> output, boolean json)
      throws IOException {
    List<Frontier.Point> points = frontier.points();
    for (int i = 0; i < points.size() && output.isPresent(); i++) {
      ScheduleFormat.write(points.get(i).schedule(), numbered(output.get(), i + 1));
    }
    if (json) {
      JsonOutput.print(out -> write(frontier, out));
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "no schedule takes less than %.6g s: %s%n",
        frontier.bound().seconds(),
        frontier.bound().because());
    System.out.printf(
        Locale.ROOT,
        "%3s %14s %14s %20s %8s%n",
        "",
        "makespan, s",
        "cost",
        "proven least cost",
        "copies");
    for (int i = 0; i < points.size(); i++) {
      Schedule s = points.get(i).schedule();
      System.out.printf(
          Locale.ROOT,
          "%3d %14.6g %14.6g %20.6g %8d%n",
          i + 1,
          s.makespan(),
          s.cost(),
          points.get(i).leastCost(),
          s.copies().size());
    }
    if (output.isPresent()) {
      System.out.printf(
          Locale.ROOT,
          "written to %s to %s%n",
          numbered(output.get(), 1),
          numbered(output.get(), points.size()));
    }
  }

  private static void write(Frontier.Points frontier, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("lowerBound", frontier.bound().seconds());
    json.writeStringField("because", frontier.bound().because());
    json.writeArrayFieldStart("frontier");
    for (Frontier.Point point : frontier.points()) {
      json.writeStartObject();
      ScheduleFormat.writeSummary(point.schedule(), json);
      json.writeNumberField("leastCost", point.leastCost());
      json.writeNumberField("copyCount", point.schedule().copies().size());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** {@code dir/plan.json.gz} becomes {@code dir/plan-3.json.gz}. */
  private static Path numbered(Path output, int number) {
    String name = String.valueOf(output.getFileName());
    int dot = name.indexOf('.', 1);
    int end = dot < 0 ? name.length() : dot;
    return output.resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
  }
}
