package dev.waybill.executor.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an HTTP message of the data plane: its first line, and its fields by their names in
 * lower case.
 */
public record Head(String firstLine, Map<String, String> fields) {
  public Head {
    fields = Map.copyOf(fields);
  }

  static Head of(String text) {
    List<String> lines = text.lines().toList();
    Map<String, String> fields = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return new Head(lines.get(0), fields);
  }
}
