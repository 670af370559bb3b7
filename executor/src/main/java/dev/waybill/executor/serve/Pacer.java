package dev.waybill.executor.serve;

import java.util.concurrent.TimeUnit;

/**
 * Says when the sender of the data plane may send its next chunk, so that a stream keeps to its
 * rate. Pure: time comes in.
 *
 * <p>Two virtual-scheduling limits (GCRA, ITU-T I.371) in one: chunk {@code n} bytes at rate {@code
 * r} moves a limit's due time by {@code n / r}, and may go up to a tolerance before it. The first
 * keeps the average at the rate and lets a stream that was held up get back up to a second of it;
 * the second lets it do so at no more than 1.02 times the rate, with 5 ms at once. Together with
 * chunks of 20 ms at most no second sees more than 1.05 times the rate. Larger chunks are fewer:
 * with dozens of slow streams, waking up is what costs processor time.
 */
public final class Pacer {
  private static final double CHUNK_SECONDS = 0.016;
  private static final int MIN_CHUNK_BYTES = 1 << 10;
  private static final int MAX_CHUNK_BYTES = 1 << 20;

  private final Limit average;
  private final Limit peak;
  private final int chunkBytes;

  /**
   * @param bytesPerSecond above 0
   */
  public Pacer(double bytesPerSecond, long nowNanos) {
    this.average = new Limit(bytesPerSecond, TimeUnit.SECONDS.toNanos(1), nowNanos);
    this.peak = new Limit(1.02 * bytesPerSecond, TimeUnit.MILLISECONDS.toNanos(5), nowNanos);
    this.chunkBytes =
        (int) Math.max(MIN_CHUNK_BYTES, Math.min(MAX_CHUNK_BYTES, bytesPerSecond * CHUNK_SECONDS));
  }

  /** How many of the {@code remaining} bytes to send at a time: no small rest is left over. */
  public int chunkBytes(int remaining) {
    return remaining < chunkBytes + chunkBytes / 4 ? remaining : chunkBytes;
  }

  /** How long the next chunk has to wait; 0 or less where it may go now. */
  public long waitNanos(long nowNanos) {
    return Math.max(average.waitNanos(nowNanos), peak.waitNanos(nowNanos));
  }

  /** A chunk goes now. */
  public void sent(long nowNanos, int bytes) {
    average.sent(nowNanos, bytes);
    peak.sent(nowNanos, bytes);
  }

  private static final class Limit {
    private final double nanosPerByte;
    private final long toleranceNanos;
    private long dueNanos;

    Limit(double bytesPerSecond, long toleranceNanos, long nowNanos) {
      this.nanosPerByte = 1e9 / Math.max(1, bytesPerSecond);
      this.toleranceNanos = toleranceNanos;
      // Nothing has been held up yet, so that there is nothing to get back.
      this.dueNanos = nowNanos + toleranceNanos;
    }

    long waitNanos(long nowNanos) {
      return dueNanos - toleranceNanos - nowNanos;
    }

    void sent(long nowNanos, int bytes) {
      dueNanos = Math.max(dueNanos, nowNanos) + Math.round(bytes * nanosPerByte);
    }
  }
}
