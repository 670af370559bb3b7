package dev.waybill.executor.wire;

import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Peer;
import dev.waybill.runtime.identity.RefusalLog;
import dev.waybill.runtime.identity.Role;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where the data plane's connections come from, and the one thread that ends those on which nothing
 * moves: a blocking call has no time limit of its own, and a timer for each read would cost more
 * than the read. The place where connections become secured ones. Thread-safe.
 */
public final class Wires implements Closeable {
  private static final int CONNECT_MILLIS = 3000;

  /** For a handshake, of which each part comes in time. */
  private static final int HANDSHAKE_MILLIS = 10_000;

  private static final long CHECK_MILLIS = 250;

  private final Set<PlainWire> open = ConcurrentHashMap.newKeySet();
  private final Thread watch = new Thread(this::watch, "wires");
  private volatile boolean closed;

  private final @Nullable Credentials credentials;
  private final RefusalLog refusals = new RefusalLog(Wires.class);

  /** Whose connections are not secured. */
  public Wires() {
    this(null);
  }

  /**
   * @param credentials with which connections are secured; null: they are not
   */
  public Wires(@Nullable Credentials credentials) {
    this.credentials = credentials;
    watch.setDaemon(true);
    watch.start();
  }

  /**
   * Connects to {@code HOST:PORT}; where connections are secured, to this host and to no other one.
   *
   * @throws IOException in one line
   */
  public Wire connect(String address, String host) throws IOException {
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
      PlainWire plain = plain(channel);
      return credentials == null ? plain : secured(plain, credentials, host);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Wire secured(PlainWire plain, Credentials credentials, String host)
      throws IOException {
    plain.patience(CONNECT_MILLIS);
    plain.within(HANDSHAKE_MILLIS);
    TlsWire wire = new TlsWire(plain, credentials.calling(), credentials);
    Peer peer = wire.peer();
    if (!peer.is(Role.HOST, host)) {
      throw new IOException("it is " + peer.described() + ", and not host " + host);
    }
    plain.withoutHaste();
    return wire;
  }

  /** Makes a wire of a connection that has been accepted; it is not known yet from whom. */
  Wire take(SocketChannel channel) throws IOException {
    PlainWire plain = plain(channel);
    return credentials == null ? plain : new TlsWire(plain, credentials.serving(true), credentials);
  }

  private PlainWire plain(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    PlainWire wire = new PlainWire(channel);
    open.add(wire);
    if (closed) {
      wire.close();
    }
    return wire;
  }

  /** A peer that has connected is turned away. */
  void refused(String address, String why) {
    refusals.refused(address, why);
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
