package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.FileId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: how the distribution of a file version went beside its plan, as {@code
 * waybill trace} shows it. All times are seconds from when the version was both published and
 * demanded.
 *
 * @param preparedSeconds from the start of the publisher's process until it opened the version;
 *     null where it has not said so
 * @param atLeastSeconds the proven minimum; null before the first plan
 * @param plannedSeconds what the first complete schedule takes; null before that
 * @param elapsedSeconds to now, or to the last verified copy
 * @param planFrom when the first schedule was asked for; null before that
 * @param planReady when it came; null before that
 * @param omitted copies that are not told of, because there were too many
 */
public record Trace(
    FileId file,
    boolean done,
    @Nullable Double preparedSeconds,
    @Nullable Double atLeastSeconds,
    @Nullable Double plannedSeconds,
    double elapsedSeconds,
    @Nullable Double planFrom,
    @Nullable Double planReady,
    List<String> origins,
    List<TracedCopy> copies,
    List<Arrival> arrivals,
    int omitted) {
  public Trace {
    origins = List.copyOf(origins);
    copies = List.copyOf(copies);
    arrivals = List.copyOf(arrivals);
  }

  /**
   * A copy that was ordered.
   *
   * @param rate bytes per second
   * @param planned when the schedule that it is of wanted it to begin
   * @param ordered when its order went out
   * @param began when its receiver had its first block; null before, or where that is not known
   * @param arrived when its receiver had its last block; null before, or where that is not known
   * @param ended when the master heard of its end or took it back; null before
   * @param failure one line; null where it has not failed, nor been taken back by the master
   */
  public record TracedCopy(
      long id,
      String from,
      String to,
      int first,
      int last,
      long bytes,
      double rate,
      double planned,
      double ordered,
      @Nullable Double began,
      @Nullable Double arrived,
      @Nullable Double ended,
      @Nullable String failure) {
    /** How long it takes at its rate. */
    public double idealSeconds() {
      return bytes / rate;
    }
  }

  /** When the master heard that a host has the whole file at its place. */
  public record Arrival(String host, double at) {}
}
