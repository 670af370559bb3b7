package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;

/**
 * How the formats lay out what they write: a line for each key of the document, and for each
 * element of its lists.
 */
final class LineLayout extends MinimalPrettyPrinter {
  private static final int LINES_DOWN_TO_DEPTH = 2;
  private static final long serialVersionUID = 1L;

  @Override
  public void beforeObjectEntries(JsonGenerator json) throws IOException {
    newLine(json, 0);
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) throws IOException {
    newLine(json, 0);
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
    json.writeRaw(": ");
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
    separate(json);
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
    separate(json);
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entryCount) throws IOException {
    end(json, entryCount, '}');
  }

  @Override
  public void writeEndArray(JsonGenerator json, int valueCount) throws IOException {
    end(json, valueCount, ']');
  }

  private static void separate(JsonGenerator json) throws IOException {
    json.writeRaw(inLines(json) ? "," : ", ");
    newLine(json, 0);
  }

  private static void end(JsonGenerator json, int count, char bracket) throws IOException {
    if (count > 0) {
      newLine(json, -1);
    }
    json.writeRaw(bracket);
  }

  private static boolean inLines(JsonGenerator json) {
    return json.getOutputContext().getNestingDepth() <= LINES_DOWN_TO_DEPTH;
  }

  private static void newLine(JsonGenerator json, int indentation) throws IOException {
    if (inLines(json)) {
      json.writeRaw('\n');
      for (int i = 0; i < json.getOutputContext().getNestingDepth() + indentation; i++) {
        json.writeRaw("  ");
      }
    }
  }
}
