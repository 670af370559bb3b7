package dev.waybill.model.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Part of a problem: a host that must come to hold every block of a file.
 *
 * @param weight how much its completion and its lateness count, not negative
 * @param deadline seconds after time 0 by which it should be met; null: none
 */
public record Demand(String host, String file, double weight, @Nullable Double deadline) {
  public Demand {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("a demand of weight " + weight);
    }
    if (deadline != null && (!(deadline >= 0) || Double.isInfinite(deadline))) {
      throw new IllegalArgumentException("a demand with deadline " + deadline);
    }
  }

  public Demand(String host, String file) {
    this(host, file, 1.0, null);
  }
}
