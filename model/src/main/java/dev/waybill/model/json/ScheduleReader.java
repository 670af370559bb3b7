package dev.waybill.model.json;

import dev.waybill.model.network.Host;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Figures;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a schedule, whose hosts, files and blocks are those of a given problem. */
final class ScheduleReader {
  private static final Keys KEYS =
      Keys.required("format", "instance", "solver", "makespan", "lowerBound", "copies")
          .optional("cost", "score", "solveSeconds");

  private final JsonCursor json;
  private final Problem problem;
  private final CopyReader copyReader;
  private String instance = "";
  private String solver = "";
  private double makespan;
  private double lowerBound;
  private @Nullable Double cost;
  private @Nullable Double score;
  private double solveSeconds;
  private List<Copy> copies = List.of();

  ScheduleReader(JsonCursor json, Problem problem) {
    this.json = json;
    this.problem = problem;
    this.copyReader = new CopyReader(json, this::host, this::file, json::number);
  }

  Schedule read() throws IOException, FormatException {
    json.object(KEYS, this::section);
    return cost == null || score == null ? completed(cost, score) : stated(cost, score);
  }

  /** What the document does not state is taken for what it is. */
  private Schedule completed(@Nullable Double statedCost, @Nullable Double statedScore) {
    Figures figures = ScheduleChecker.figures(problem, copies);
    return stated(
        statedCost == null ? figures.cost() : statedCost,
        statedScore == null ? figures.score() : statedScore);
  }

  private Schedule stated(double statedCost, double statedScore) {
    return new Schedule(
        instance, solver, makespan, lowerBound, statedCost, statedScore, solveSeconds, copies);
  }

  private void section(String key) throws IOException, FormatException {
    switch (key) {
      case "format" -> json.exactly(ScheduleFormat.NAME);
      case "instance" -> instance = json.identifier();
      case "solver" -> solver = json.text();
      case "makespan" -> makespan = json.number();
      case "lowerBound" -> lowerBound = json.number();
      case "cost" -> cost = json.number();
      case "score" -> score = json.number();
      case "solveSeconds" -> solveSeconds = json.number();
      default -> copies = json.array(this::copy);
    }
  }

  private Copy copy() throws IOException, FormatException {
    Copy copy = copyReader.read();
    FileSpec file = problem.files().get(copy.file());
    if (file != null && copy.last() >= file.layout().blockCount()) {
      int blockCount = file.layout().blockCount();
      throw json.wrongBelow(
          "last", "block " + copy.last() + " of a file of " + blockCount + " blocks");
    }
    return copy;
  }

  private String host() throws IOException, FormatException {
    String id = json.text();
    Host known = problem.network().hosts().get(id);
    if (known == null) {
      throw json.wrong("the instance has no host '" + json.identifier() + "'");
    }
    return known.id();
  }

  private String file() throws IOException, FormatException {
    String id = json.text();
    FileSpec known = problem.files().get(id);
    if (known == null) {
      throw json.wrong("the instance has no file '" + json.identifier() + "'");
    }
    return known.id();
  }
}
