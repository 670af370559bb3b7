package dev.waybill.benchmarks.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the report of a comparison draws it: who receives when, and what the busiest
 * resources carry. Copy by copy where that can be looked at, else how busy receivers are.
 *
 * @param endSeconds the end of the time axis, which begins at 0
 * @param copies how many there are, those in progress included
 * @param gantt copy by copy; null where there are too many
 * @param heat by receiver and time; null where there is a Gantt chart
 * @param strips the busiest resources, the busiest first
 * @param otherBusy how many more resources are used to 90 % or more on average
 */
public record Picture(
    double endSeconds,
    int copies,
    @Nullable Gantt gantt,
    @Nullable Heat heat,
    List<Strip> strips,
    int otherBusy) {
  public Picture {
    strips = List.copyOf(strips);
  }
}
