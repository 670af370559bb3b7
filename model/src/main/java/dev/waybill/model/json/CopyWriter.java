package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.schedule.Copy;
import java.io.IOException;

/** Writes copies, for instances and schedules alike. */
final class CopyWriter {
  private CopyWriter() {}

  static void write(Copy copy, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", copy.file());
    json.writeStringField("from", copy.from());
    json.writeStringField("to", copy.to());
    json.writeNumberField("first", copy.first());
    json.writeNumberField("last", copy.last());
    JsonOutput.number(json, "start", copy.start());
    JsonOutput.number(json, "rate", copy.rate());
    json.writeEndObject();
  }
}
