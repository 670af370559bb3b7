package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** The format {@code waybill-schedule/1}: what a solver gives back, from whatever source. */
public final class ScheduleFormat {
  /** What the document calls itself. */
  public static final String NAME = "waybill-schedule/1";

  private ScheduleFormat() {}

  /**
   * Reads a file, compressed with gzip or not. A cost or score that it does not state is taken for
   * what it is, by {@code problem}.
   *
   * @param problem whose hosts, files and blocks the copies name
   */
  public static Schedule read(Path path, Problem problem) throws IOException, FormatException {
    return JsonInput.read(path, json -> new ScheduleReader(json, problem).read());
  }

  /**
   * Reads a document, compressed with gzip or not, to its end; otherwise as above.
   *
   * @param sourceName what errors call it
   */
  public static Schedule read(InputStream in, String sourceName, Problem problem)
      throws IOException, FormatException {
    return JsonInput.read(in, sourceName, json -> new ScheduleReader(json, problem).read());
  }

  /** Writes a file, as a whole or not at all; with gzip where its name ends in {@code .gz}. */
  public static void write(Schedule schedule, Path path) throws IOException {
    JsonOutput.write(path, json -> document(schedule, json));
  }

  /** Writes a document and leaves {@code out} open. */
  public static void write(Schedule schedule, OutputStream out) throws IOException {
    JsonOutput.write(out, json -> document(schedule, json));
  }

  /**
   * Writes the keys of the document but {@code copies} into the object that {@code json} has begun,
   * so that others may stand beside them.
   */
  public static void writeSummary(Schedule schedule, JsonGenerator json) throws IOException {
    json.writeStringField("format", NAME);
    json.writeStringField("instance", schedule.instance());
    json.writeStringField("solver", schedule.solver());
    JsonOutput.number(json, "makespan", schedule.makespan());
    JsonOutput.number(json, "lowerBound", schedule.lowerBound());
    JsonOutput.number(json, "cost", schedule.cost());
    JsonOutput.number(json, "score", schedule.score());
    JsonOutput.number(json, "solveSeconds", schedule.solveSeconds());
  }

  private static void document(Schedule schedule, JsonGenerator json) throws IOException {
    json.writeStartObject();
    writeSummary(schedule, json);
    JsonOutput.array(json, "copies", schedule.copies(), c -> CopyWriter.write(c, json));
    json.writeEndObject();
  }
}
