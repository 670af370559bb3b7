package dev.waybill.executor.serve;

import java.util.concurrent.TimeUnit;

/**
 * Says when the sender of the data plane may send its next chunk, so that a stream keeps to its
 * rate. Pure: time comes in.
 *
 * <p>Three limits hold together. Two are virtual-scheduling ones (GCRA, ITU-T I.371): a chunk of
 * {@code n} bytes at rate {@code r} moves a limit's due time by {@code n / r}, and may go up to a
 * tolerance before it. The <i>average</i> is 1.003 times the rate, hardly more than the wire may
 * have, and a stream that was held up gets back up to a second of it. The <i>burst</i> is 1.045
 * times the rate with 60 ms at once, so that a thread that wakes up late does not lose what it is
 * late by, no long queue is filled, and the stream that follows this one on the same resource finds
 * hardly more than this one's rate in the second before. The <i>window</i> counts what was sent in
 * the last second, to 10 ms, and keeps it within 1.045 times the rate. Larger chunks are fewer:
 * with dozens of slow streams, waking up is what costs processor time.
 */
public final class Pacer {
  private static final double CHUNK_SECONDS = 0.016;

  /** For streams so slow that a chunk of theirs is small anyway. */
  private static final double LONGEST_CHUNK_SECONDS = 0.04;

  private static final double SMALL_CHUNK_BYTES = 48 << 10;
  private static final int MIN_CHUNK_BYTES = 1 << 10;
  private static final int MAX_CHUNK_BYTES = 1 << 20;

  private final Limit average;
  private final Limit burst;
  private final Window window;
  private final int chunkBytes;

  /**
   * @param bytesPerSecond above 0
   */
  public Pacer(double bytesPerSecond, long nowNanos) {
    this.average = new Limit(1.003 * bytesPerSecond, TimeUnit.SECONDS.toNanos(1), nowNanos);
    this.burst = new Limit(1.045 * bytesPerSecond, TimeUnit.MILLISECONDS.toNanos(60), nowNanos);
    double chunk =
        Math.max(
            bytesPerSecond * CHUNK_SECONDS,
            Math.min(SMALL_CHUNK_BYTES, bytesPerSecond * LONGEST_CHUNK_SECONDS));
    this.chunkBytes = (int) Math.max(MIN_CHUNK_BYTES, Math.min(MAX_CHUNK_BYTES, chunk));
    this.window = new Window(1.045 * bytesPerSecond, nowNanos);
  }

  /** How many of the {@code remaining} bytes to send at a time: no small rest is left over. */
  public int chunkBytes(int remaining) {
    return remaining < chunkBytes + chunkBytes / 4 ? remaining : chunkBytes;
  }

  /** How long a chunk of so many bytes has to wait; 0 or less where it may go now. */
  public long waitNanos(long nowNanos, int bytes) {
    return Math.max(
        window.waitNanos(nowNanos, bytes),
        Math.max(average.waitNanos(nowNanos), burst.waitNanos(nowNanos)));
  }

  /** A chunk goes now. */
  public void sent(long nowNanos, int bytes) {
    average.sent(nowNanos, bytes);
    burst.sent(nowNanos, bytes);
    window.sent(nowNanos, bytes);
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

  /** What was sent in the last second, in slots of 10 ms. */
  private static final class Window {
    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** One more than a second has, since the first and the last are cut off somewhere. */
    private final long[] slots = new long[101];

    private final double most;
    private final long startNanos;
    private long newest;
    private long sum;

    Window(double most, long nowNanos) {
      this.most = most;
      this.startNanos = nowNanos;
    }

    private void advance(long nowNanos) {
      long slot = (nowNanos - startNanos) / SLOT_NANOS;
      for (long gone = Math.max(newest + 1, slot - slots.length + 1); gone <= slot; gone++) {
        int at = (int) (gone % slots.length);
        sum -= slots[at];
        slots[at] = 0;
      }
      newest = Math.max(newest, slot);
    }

    long waitNanos(long nowNanos, int bytes) {
      advance(nowNanos);
      // A chunk that is more than the window holds goes alone.
      return sum == 0 || sum + bytes <= most ? 0 : SLOT_NANOS;
    }

    void sent(long nowNanos, int bytes) {
      advance(nowNanos);
      slots[(int) (newest % slots.length)] += bytes;
      sum += bytes;
    }
  }
}
