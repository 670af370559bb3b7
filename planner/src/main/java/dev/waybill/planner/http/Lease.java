package dev.waybill.planner.http;

import java.time.Duration;

/**
 * How long this master may take itself for the leader, by its own monotonic clock: as long as the
 * lease that it was granted, counted from before it asked. Where it has been stopped for longer, or
 * cut off from the catalogue, it knows before it does anything else. Thread-safe.
 */
final class Lease {
  private final int epoch;
  private final boolean contested;
  private volatile long untilNanos;

  /**
   * @param contested whether anybody else can lead at all
   */
  Lease(int epoch, boolean contested) {
    this.epoch = epoch;
    this.contested = contested;
  }

  int epoch() {
    return epoch;
  }

  /** It was granted for {@code duration} at a moment after {@code askedNanos}. */
  void renewed(long askedNanos, Duration duration) {
    untilNanos = askedNanos + duration.toNanos();
  }

  boolean isValid() {
    return !contested || untilNanos - System.nanoTime() > 0;
  }
}
