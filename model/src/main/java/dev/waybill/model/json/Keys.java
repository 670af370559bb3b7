package dev.waybill.model.json;

import java.util.ArrayList;
import java.util.List;

/** The keys that an object of a format may have, at most 64: those it must have come first. */
final class Keys {
  private final List<String> names;
  private final int requiredCount;

  private Keys(List<String> names, int requiredCount) {
    this.names = List.copyOf(names);
    this.requiredCount = requiredCount;
  }

  static Keys required(String... names) {
    return new Keys(List.of(names), names.length);
  }

  /** These keys, and {@code more} that may be absent. */
  Keys optional(String... more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(List.of(more));
    return new Keys(all, requiredCount);
  }

  /** The bit that stands for {@code name} among the keys seen; 0 where the key is unknown. */
  long bit(String name) {
    int i = names.indexOf(name);
    return i < 0 ? 0 : 1L << i;
  }

  /** The keys that are required and not among those seen, in order. */
  List<String> missing(long seen) {
    return names.subList(0, requiredCount).stream().filter(n -> (seen & bit(n)) == 0).toList();
  }

  /** Whether all that is required is among the keys seen. */
  boolean complete(long seen) {
    long required = (1L << requiredCount) - 1;
    return (seen & required) == required;
  }
}
