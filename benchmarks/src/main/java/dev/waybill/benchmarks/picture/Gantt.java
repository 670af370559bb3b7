package dev.waybill.benchmarks.picture;

import java.util.List;

/**
 * The copies of a schedule one by one, for its picture: a row a receiver, and in it as many lanes
 * as copies overlap.
 *
 * @param by what the colours stand for
 * @param groups the names of the colours
 */
public record Gantt(String by, List<String> groups, List<Row> rows, List<Bar> bars) {
  public Gantt {
    groups = List.copyOf(groups);
    rows = List.copyOf(rows);
    bars = List.copyOf(bars);
  }

  /** A receiver. */
  public record Row(String host, int lanes) {}

  /**
   * A copy.
   *
   * @param row index of the receiver's row
   * @param lane from 0, within the row
   * @param group index of its colour
   * @param inProgress whether it was under way before the schedule was made
   * @param text what it is, for people
   */
  public record Bar(
      int row, int lane, double start, double end, int group, boolean inProgress, String text) {}
}
