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

  /** So many at once: 128 MiB, of the 256 that the launcher lets the process have. */
  private static final int MOST = 512;

  private final Deque<ByteBuffer> idle = new ArrayDeque<>();
  private final int most;
  private int taken;

  public Buffers() {
    this(MOST);
  }

  /**
   * @param most so many at once
   */
  Buffers(int most) {
    this.most = most;
  }

  /** There are so many streams at once that this host has no room for another. */
  public static final class NoneLeft extends IOException {
    NoneLeft(int taken) {
      super(taken + " streams come in here, and there is no room for another");
    }
  }

  /** One that nobody uses, of {@link #BYTES}. */
  public ByteBuffer take() throws NoneLeft {
    ByteBuffer buffer;
    synchronized (idle) {
      if (taken >= most) {
        throw new NoneLeft(taken);
      }
      taken++;
      buffer = idle.pollLast();
    }
    return buffer == null ? allocate() : buffer.clear();
  }

  private ByteBuffer allocate() throws NoneLeft {
    try {
      return ByteBuffer.allocateDirect(BYTES);
    } catch (OutOfMemoryError e) {
      synchronized (idle) {
        taken--;
        throw new NoneLeft(taken);
      }
    }
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
