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

/** A wire of the data plane over TCP as it is: files go out by the kernel alone. */
final class PlainWire implements Wire {
  private final SocketChannel channel;
  private volatile long patienceNanos = Long.MAX_VALUE;

  /** Since when a call waits; 0 where none does. */
  private volatile long waitsSince;

  private volatile boolean timedOut;

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

  /** Ends the call under way where it has waited for too long. */
  void check(long nowNanos) {
    long since = waitsSince;
    if (since != 0 && nowNanos - since > patienceNanos) {
      timedOut = true;
      close();
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
