package dev.waybill.model.json;

import dev.waybill.model.network.Allowance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a window of a resource's capacity in a network file. */
final class WindowFields {
  private static final Keys WINDOW = Keys.required("from", "to", "capacity").optional("days");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private final JsonCursor json;
  private int from;
  private int to;
  private double capacity;
  private final List<Integer> days = new ArrayList<>();

  WindowFields(JsonCursor json) {
    this.json = json;
  }

  Allowance.Window read() throws IOException, FormatException {
    json.object(WINDOW, this::field);
    try {
      return new Allowance.Window(from, to, days, capacity);
    } catch (IllegalArgumentException e) {
      throw json.wrong(String.valueOf(e.getMessage()));
    }
  }

  private void field(String key) throws IOException, FormatException {
    switch (key) {
      case "from" -> from = time() % 86_400;
      case "to" -> {
        int second = time();
        to = second == 0 ? 86_400 : second;
      }
      case "capacity" -> capacity = json.number();
      default -> {
        for (String day : json.identifiers()) {
          int index = DAYS.indexOf(day);
          if (index < 0) {
            throw json.wrong("not one of " + DAYS + ": '" + day + "'");
          }
          days.add(index);
        }
      }
    }
  }

  private int time() throws IOException, FormatException {
    String text = json.text(WindowFields::requireTime);
    return Integer.parseInt(text.substring(0, 2)) * 3600 + Integer.parseInt(text.substring(3)) * 60;
  }

  private static String requireTime(String text) {
    if (!text.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
      throw new IllegalArgumentException("not HH:MM: '" + text + "'");
    }
    return text;
  }
}
