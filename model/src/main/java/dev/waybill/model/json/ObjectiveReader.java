package dev.waybill.model.json;

import dev.waybill.model.schedule.Objective;
import java.io.IOException;

/** Reads the objective of an instance. */
final class ObjectiveReader {
  private static final Keys KEYS =
      Keys.required().optional("makespan", "weightedCompletion", "cost", "lateness");

  private final JsonCursor json;
  private double makespan;
  private double weightedCompletion;
  private double cost;
  private double lateness;

  ObjectiveReader(JsonCursor json) {
    this.json = json;
  }

  Objective read() throws IOException, FormatException {
    json.object(KEYS, this::field);
    return new Objective(makespan, weightedCompletion, cost, lateness);
  }

  private void field(String key) throws IOException, FormatException {
    switch (key) {
      case "makespan" -> makespan = json.number();
      case "weightedCompletion" -> weightedCompletion = json.number();
      case "cost" -> cost = json.number();
      default -> lateness = json.number();
    }
  }
}
