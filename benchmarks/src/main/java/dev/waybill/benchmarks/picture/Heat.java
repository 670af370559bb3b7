package dev.waybill.benchmarks.picture;

import java.util.List;

/**
 * How busy receivers are over time, for the picture of a schedule with many copies.
 *
 * @param what a row is, in the plural
 */
public record Heat(String what, List<Row> rows) {
  public Heat {
    rows = List.copyOf(rows);
  }

  /**
   * A receiver, or several.
   *
   * @param rate bytes per second that come in for each receiver on average, by equal bins from time
   *     0 to the picture's end
   */
  public record Row(String label, int receivers, List<Double> rate) {
    public Row {
      rate = List.copyOf(rate);
    }
  }
}
