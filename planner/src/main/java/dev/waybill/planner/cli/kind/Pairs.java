package dev.waybill.planner.cli.kind;

import dev.waybill.runtime.cli.CommandFailure;

/** Values of options such as {@code cost=1} or {@code aws=5}. */
final class Pairs {
  /**
   * A name and what it is given.
   *
   * @param value finite, not negative
   */
  record Pair(String key, double value) {}

  private Pairs() {}

  static Pair parse(String option, String text) throws CommandFailure {
    int at = text.indexOf('=');
    if (at > 0) {
      try {
        double value = Double.parseDouble(text.substring(at + 1));
        if (value >= 0 && Double.isFinite(value)) {
          return new Pair(text.substring(0, at), value);
        }
      } catch (NumberFormatException e) {
        // Said below, like a number out of range.
      }
    }
    throw CommandFailure.usage(option + ": not NAME=NUMBER: '" + text + "'");
  }
}
