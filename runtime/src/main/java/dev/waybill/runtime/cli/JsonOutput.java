package dev.waybill.runtime.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code --json} of a command: one document on standard output and a line's end. */
public final class JsonOutput {
  private JsonOutput() {}

  /** What writes the document. */
  @FunctionalInterface
  public interface Document {
    void write(JsonGenerator json) throws IOException;
  }

  public static void print(Document document) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      document.write(json);
    }
    System.out.println(out.toString(StandardCharsets.UTF_8));
  }
}
