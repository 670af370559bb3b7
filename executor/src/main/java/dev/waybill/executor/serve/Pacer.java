package dev.waybill.executor.serve;

import java.util.concurrent.TimeUnit;

/**
 * Says when the sender of the data plane may send its next chunk, so that a stream keeps to its
 * rate. Pure: time comes in.
 *
 * <p>Two virtual-scheduling limits (GCRA, ITU-T I.371) in one: chunk {@code n} bytes at rate {@code
 * r} moves a limit's due time by {@code n / r}, and may go up to a tolerance before it. The first
 * keeps the average at the rate and lets a stream that was held up get back up to 100 ms of it; the
 * second lets it do so at no more than 1.005 times the rate, with 10 ms at once. Together with a
 * chunk of 20 ms at most no second sees more than 1.04 times the rate. Larger chunks are fewer:
 * with dozens of slow streams, waking up is what costs processor time.
 */
public final class Pacer {
  private static final double CHUNK_SECONDS = 0.02;
  private static final int MIN_CHUNK_BYTES = 1 << 10;
  private static final int MAX_CHUNK_BYTES = 256 << 10;

  private final Limit average;
  private final Limit peak;
  private final int chunkBytes;

  /**
   * @param bytesPerSecond above 0
   */
  public Pacer(double bytesPerSecond, long nowNanos) {
    this.average = new Limit(bytesPerSecond, TimeUnit.MILLISECONDS.toNanos(100), nowNanos);
    this.peak = new Limit(1.005 * bytesPerSecond, TimeUnit.MILLISECONDS.toNanos(10), nowNanos);
    this.chunkBytes =
        (int) Math.max(MIN_CHUNK_BYTES, Math.min(MAX_CHUNK_BYTES, bytesPerSecond * CHUNK_SECONDS));
  }

  /** How many bytes to send at a time. */
  public int chunkBytes() {
    return chunkBytes;
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
      this.dueNanos = nowNanos;
    }

    long waitNanos(long nowNanos) {
      return dueNanos - toleranceNanos - nowNanos;
    }

    void sent(long nowNanos, int bytes) {
      dueNanos = Math.max(dueNanos, nowNanos) + Math.round(bytes * nanosPerByte);
    }
  }
}
