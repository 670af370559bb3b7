package dev.waybill.planner.instance;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.PlainText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A list of a GML document, as {@link GmlReader} gives it: keys with values, in their order.
 *
 * @param file it stands in
 * @param line where it begins, from 1
 */
record GmlList(Path file, int line, List<Entry> entries) {
  /**
   * A key with its value.
   *
   * @param value a {@link String}, a {@link Double} or a {@link GmlList}
   */
  record Entry(String key, int line, Object value) {}

  GmlList {
    entries = List.copyOf(entries);
  }

  /** All lists under a key. */
  List<GmlList> lists(String key) throws FormatException {
    List<Entry> found = entries.stream().filter(e -> e.key.equals(key)).toList();
    for (Entry e : found) {
      if (!(e.value instanceof GmlList)) {
        throw wrong(e, "not a list");
      }
    }
    return found.stream().map(e -> (GmlList) e.value).toList();
  }

  /** The number under a key that is there at most once. */
  Optional<Double> number(String key) throws FormatException {
    Optional<Entry> found = once(key);
    if (found.isPresent() && !(found.get().value instanceof Double)) {
      throw wrong(found.get(), "not a number");
    }
    return found.map(e -> (Double) e.value);
  }

  /** The whole number under a key that must be there once. */
  int whole(String what, String key) throws FormatException {
    double value = number(key).orElseThrow(() -> wrong(what + " has no " + key));
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw wrong(once(key).orElseThrow(), "not a whole number below 2^31: " + value);
    }
    return (int) value;
  }

  /** The string under a key that is there at most once. */
  Optional<String> text(String key) throws FormatException {
    Optional<Entry> found = once(key);
    if (found.isPresent() && !(found.get().value instanceof String)) {
      throw wrong(found.get(), "not a string");
    }
    return found.map(e -> (String) e.value);
  }

  private Optional<Entry> once(String key) throws FormatException {
    List<Entry> found = entries.stream().filter(e -> e.key.equals(key)).toList();
    if (found.size() > 1) {
      throw wrong(found.get(1), "this key is there twice");
    }
    return found.stream().findFirst();
  }

  /** A complaint about the list. */
  FormatException wrong(String reason) {
    return PlainText.wrong(file, line, reason);
  }

  private FormatException wrong(Entry entry, String reason) {
    return PlainText.wrong(file, entry.line, entry.key + ": " + reason);
  }
}
