package dev.waybill.executor.wire;

import java.io.IOException;
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

  /** So many at once: 192 MiB, of the 256 that the launcher lets the process have. */
  private static final int MOST = 768;

  private final Deque<ByteBuffer> idle = new ArrayDeque<>();
  private int taken;

  /** There are so many streams at once that this host has no room for another. */
  public static final class NoneLeft extends IOException {
    NoneLeft() {
      super(MOST + " streams are at work here, and there is no room for another");
    }
  }

  /** One that nobody uses, of {@link #BYTES}. */
  public ByteBuffer take() throws NoneLeft {
    ByteBuffer buffer;
    synchronized (idle) {
      if (taken >= MOST) {
        throw new NoneLeft();
      }
      taken++;
      buffer = idle.pollLast();
    }
    return buffer == null ? ByteBuffer.allocateDirect(BYTES) : buffer.clear();
  }

  /** Nobody uses it any more. */
  public void giveBack(ByteBuffer buffer) {
    synchronized (idle) {
      taken--;
      if (idle.size() < KEPT) {
        idle.addLast(buffer);
      }
    }
  }
}
