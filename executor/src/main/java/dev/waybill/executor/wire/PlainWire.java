package dev.waybill.executor.wire;

import dev.waybill.runtime.identity.Peer;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A wire of the data plane over TCP as it is: files go out by the kernel alone. */
final class PlainWire implements Wire {
  private final SocketChannel channel;
  private volatile long patienceNanos = Long.MAX_VALUE;

  /** Since when a call waits; 0 where none does. */
  private volatile long waitsSince;

  /** When it is closed; 0: not by itself. */
  private volatile long endNanos;

  private volatile boolean timedOut;
  private volatile @Nullable Stuck stuck;

  /**
   * @param channel connected and blocking
   */
  PlainWire(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public void patience(long millis) {
    patienceNanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public void within(long millis) {
    endNanos = (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)) | 1;
  }

  @Override
  public void withoutHaste() {
    endNanos = 0;
  }

  @Override
  public void whenStuck(long millis, Runnable told) {
    stuck = new Stuck(TimeUnit.MILLISECONDS.toNanos(millis), told);
  }

  @Override
  public void pace(double bytesPerSecond) {
    KernelPacing.limit(channel, bytesPerSecond);
  }

  @Override
  public void contend() {
    KernelPacing.leave(channel);
  }

  @Override
  public Peer peer() {
    return new Peer.Unsecured();
  }

  /** Says that the call under way is stuck, or ends it where it has waited for too long. */
  void check(long nowNanos) {
    long end = endNanos;
    long since = waitsSince;
    boolean waits = since != 0;
    if ((end != 0 && nowNanos - end > 0) || (waits && nowNanos - since > patienceNanos)) {
      timedOut = true;
      close();
    }
    Stuck told = stuck;
    if (told != null && waits) {
      told.check(since, nowNanos);
    }
  }

  /** Who is told of calls that are stuck. For the thread that watches wires. */
  private static final class Stuck {
    private final long afterNanos;
    private final Runnable told;
    private long call;
    private long times;

    Stuck(long afterNanos, Runnable told) {
      this.afterNanos = afterNanos;
      this.told = told;
    }

    void check(long sinceNanos, long nowNanos) {
      if (sinceNanos != call) {
        call = sinceNanos;
        times = 0;
      }
      if ((nowNanos - sinceNanos) / afterNanos > times) {
        times++;
        told.run();
      }
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public int receiveBuffer() throws IOException {
    return channel.getOption(StandardSocketOptions.SO_RCVBUF);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    waitsSince = System.nanoTime() | 1;
    try {
      return channel.read(into);
    } catch (ClosedChannelException e) {
      throw gone(e);
    } finally {
      waitsSince = 0;
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      waitsSince = System.nanoTime() | 1;
      try {
        channel.write(bytes);
      } catch (ClosedChannelException e) {
        throw gone(e);
      } finally {
        waitsSince = 0;
      }
    }
  }

  @Override
  public void send(FileChannel file, long position, int count) throws IOException {
    for (long done = 0; done < count; ) {
      waitsSince = System.nanoTime() | 1;
      long n;
      try {
        n = file.transferTo(position + done, count - done, channel);
      } catch (ClosedChannelException e) {
        throw gone(e);
      } finally {
        waitsSince = 0;
      }
      if (n <= 0) {
        throw new EOFException("the file ends at " + (position + done));
      }
      done += n;
    }
  }

  private IOException gone(ClosedChannelException e) {
    if (!timedOut) {
      return e;
    }
    SocketTimeoutException timeout = new SocketTimeoutException("it has said nothing for too long");
    timeout.initCause(e);
    return timeout;
  }

  @Override
  public void finish() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
