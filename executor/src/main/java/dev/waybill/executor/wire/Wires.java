package dev.waybill.executor.wire;

import dev.waybill.runtime.http.HostPort;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the data plane's connections come from, and the one thread that ends those on which nothing
 * moves: a blocking call has no time limit of its own, and a timer for each read would cost more
 * than the read. The place where connections become secured ones. Thread-safe.
 */
public final class Wires implements Closeable {
  private static final int CONNECT_MILLIS = 3000;
  private static final long CHECK_MILLIS = 250;

  private final Set<PlainWire> open = ConcurrentHashMap.newKeySet();
  private final Thread watch = new Thread(this::watch, "wires");
  private volatile boolean closed;

  public Wires() {
    watch.setDaemon(true);
    watch.start();
  }

  /**
   * Connects to {@code HOST:PORT}.
   *
   * @throws IOException in one line
   */
  public Wire connect(String address) throws IOException {
    InetSocketAddress to;
    try {
      to = HostPort.parse(address).resolve();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (to.isUnresolved()) {
      throw new IOException("its name can't be resolved");
    }
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(to, CONNECT_MILLIS);
      return take(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Makes a wire of a connection that has been accepted. */
  Wire take(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    PlainWire wire = new PlainWire(channel);
    open.add(wire);
    if (closed) {
      wire.close();
    }
    return wire;
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS));
      long now = System.nanoTime();
      open.forEach(wire -> wire.check(now));
      open.removeIf(wire -> !wire.isOpen());
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    closed = true;
    open.forEach(PlainWire::close);
    LockSupport.unpark(watch);
  }
}
