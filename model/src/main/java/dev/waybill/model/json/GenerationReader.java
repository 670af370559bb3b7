package dev.waybill.model.json;

import dev.waybill.model.schedule.Generation;
import java.io.IOException;

/** Reads the generations of an instance, one at a time. */
final class GenerationReader {
  private static final Keys KEYS = Keys.required("host", "file", "first", "last", "start", "rate");

  private final JsonCursor json;
  private String host = "";
  private String file = "";
  private int first;
  private int last;
  private double start;
  private double rate;

  GenerationReader(JsonCursor json) {
    this.json = json;
  }

  Generation read() throws IOException, FormatException {
    json.object(KEYS, this::field);
    if (first > last) {
      throw json.wrongBelow("last", "it is " + last + ", and first is " + first);
    }
    return new Generation(host, file, first, last, start, rate);
  }

  private void field(String key) throws IOException, FormatException {
    switch (key) {
      case "host" -> host = json.identifier();
      case "file" -> file = json.identifier();
      case "first" -> first = json.block();
      case "last" -> last = json.block();
      case "start" -> start = json.number();
      default -> rate = json.positive();
    }
  }
}
