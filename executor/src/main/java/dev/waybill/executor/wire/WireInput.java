package dev.waybill.executor.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on a wire of the data plane: numbers, heads, and long bodies that are handed on in
 * the buffer in which they have arrived. For one thread.
 */
public final class WireInput {
  private static final int MAX_HEAD_BYTES = 16 << 10;

  private final Source source;
  private ByteBuffer buffer;
  private long left = Long.MAX_VALUE;
  private @Nullable Gathering gathering;
  private boolean drained;
  private long waitNanos;
  private boolean timed;

  /** Where bytes come from. */
  @FunctionalInterface
  public interface Source {
    /** Reads at least one byte; -1 at the end. */
    int read(ByteBuffer into) throws IOException;
  }

  /** How long to let bytes gather. */
  @FunctionalInterface
  public interface Gathering {
    /** Asked before each time. */
    long nanos() throws IOException;
  }

  /**
   * @param buffer is used as long as this is, at least 16 bytes
   */
  public WireInput(Source source, ByteBuffer buffer) {
    this.source = source;
    this.buffer = buffer.clear().limit(0);
  }

  /**
   * Sets after how many bytes from here on the input ends, where it does not before.
   *
   * @param bytes of the body that follows
   */
  public void limit(long bytes) {
    left = bytes;
  }

  /**
   * Sets how long to let bytes gather in the kernel once everything that was there has been read: a
   * stream that trickles in wakes its thread at every packet otherwise.
   */
  public void gather(Gathering how) {
    gathering = how;
  }

  /** Goes on with a larger buffer, which is used as long as this is. */
  public void use(ByteBuffer larger) {
    buffer = larger.clear().put(buffer).flip();
  }

  /**
   * Sets how much longer the peer may be waited for from here on: one that sends a byte now and
   * then is never silent, and never comes to an end either. What is done in between with what it
   * has sent takes no part of that.
   */
  public void within(long nanos) {
    waitNanos = nanos;
    timed = true;
  }

  /** Takes {@link #within} back. */
  public void withoutHaste() {
    timed = false;
  }

  /**
   * @return false at the end
   */
  private boolean fill() throws IOException {
    buffer.compact();
    try {
      long since = timed ? System.nanoTime() : 0;
      if (drained && gathering != null) {
        LockSupport.parkNanos(gathering.nanos());
      }
      int room = buffer.remaining();
      int n = source.read(buffer);
      drained = n < room;
      if (timed) {
        waitNanos -= System.nanoTime() - since;
        if (n >= 0 && waitNanos < 0) {
          throw new SocketTimeoutException("what it sends comes too slowly");
        }
      }
      return n >= 0;
    } finally {
      buffer.flip();
    }
  }

  private void require(int bytes) throws IOException {
    if (bytes > left) {
      throw new EOFException();
    }
    while (buffer.remaining() < bytes) {
      if (!fill()) {
        throw new EOFException();
      }
    }
    left -= bytes;
  }

  public int readByte() throws IOException {
    require(1);
    return buffer.get() & 0xff;
  }

  public int readShort() throws IOException {
    require(2);
    return buffer.getShort() & 0xffff;
  }

  public int readInt() throws IOException {
    require(4);
    return buffer.getInt();
  }

  /** The next bytes, at least one and at most {@code most}, valid until the next call. */
  public ByteBuffer next(int most) throws IOException {
    if (left == 0 || (!buffer.hasRemaining() && !fill())) {
      throw new EOFException();
    }
    int n = (int) Math.min(left, Math.min(most, buffer.remaining()));
    left -= n;
    ByteBuffer part = buffer.slice(buffer.position(), n);
    buffer.position(buffer.position() + n);
    return part;
  }

  /**
   * Exactly so many bytes.
   *
   * @throws EOFException where there are fewer
   */
  public byte[] readBytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      ByteBuffer part = next(count - done);
      int n = part.remaining();
      part.get(bytes, done, n);
      done += n;
    }
    return bytes;
  }

  /** All bytes up to the end, but {@code most} at most. */
  public byte[] readUpTo(int most) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (all.size() < most && left > 0 && (buffer.hasRemaining() || fill())) {
      ByteBuffer part = next(most - all.size());
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  /** Throws bytes away until the end, but {@code most} at most. */
  public void drain(long most) throws IOException {
    for (long done = 0; done < most && left > 0 && (buffer.hasRemaining() || fill()); ) {
      done += next(1 << 20).remaining();
    }
  }

  /**
   * The head of a request or an answer.
   *
   * @throws StreamCorruptedException where it has no end within reason
   */
  public Head readHead() throws IOException {
    StringBuilder text = new StringBuilder();
    while (!endsHead(text)) {
      if (text.length() > MAX_HEAD_BYTES) {
        throw new StreamCorruptedException("a head without an end");
      }
      text.append((char) readByte());
    }
    return Head.of(text.toString());
  }

  private static boolean endsHead(StringBuilder text) {
    int n = text.length();
    return n >= 4
        && text.charAt(n - 1) == '\n'
        && text.charAt(n - 2) == '\r'
        && text.charAt(n - 3) == '\n'
        && text.charAt(n - 4) == '\r';
  }

  /** Text as it stands in a head. */
  static byte[] headBytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
