package dev.waybill.model.json;

import dev.waybill.model.schedule.Demand;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the demands of an instance, one at a time. */
final class DemandReader {
  private static final Keys KEYS = Keys.required("host", "file").optional("weight", "deadline");

  private final JsonCursor json;
  private String host = "";
  private String file = "";
  private double weight = 1;
  private @Nullable Double deadline;

  DemandReader(JsonCursor json) {
    this.json = json;
  }

  Demand read() throws IOException, FormatException {
    json.object(KEYS, this::field);
    return new Demand(host, file, weight, deadline);
  }

  private void field(String key) throws IOException, FormatException {
    switch (key) {
      case "host" -> host = json.identifier();
      case "file" -> file = json.identifier();
      case "weight" -> weight = json.number();
      default -> deadline = json.isNull() ? null : json.number();
    }
  }
}
