package dev.waybill.executor.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The data plane's buffers outside the heap: taken for a stream and given back, since making and
 * collecting them is slow. Thread-safe.
 */
public final class Buffers {
  /** Of each buffer. */
  public static final int BYTES = 256 << 10;

  private static final int KEPT = 32;

  private final Deque<ByteBuffer> idle = new ArrayDeque<>();

  /** One that nobody uses, of {@link #BYTES}. */
  public ByteBuffer take() {
    ByteBuffer buffer;
    synchronized (idle) {
      buffer = idle.pollLast();
    }
    return buffer == null ? ByteBuffer.allocateDirect(BYTES) : buffer.clear();
  }

  /** Nobody uses it any more. */
  public void giveBack(ByteBuffer buffer) {
    synchronized (idle) {
      if (idle.size() < KEPT) {
        idle.addLast(buffer);
      }
    }
  }
}
