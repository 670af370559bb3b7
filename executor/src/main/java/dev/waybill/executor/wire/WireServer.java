package dev.waybill.executor.wire;

import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.identity.TlsFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the data plane: one thread for each connection, one request on each, and the
 * connection ends with its answer.
 */
public final class WireServer implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(WireServer.class);
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long HEAD_PATIENCE_MILLIS = 10_000;
  private static final int HEAD_BYTES = 4 << 10;
  private static final long IDLE_THREAD_SECONDS = 30;
  private static final int BACKLOG = 256;

  private final ServerSocketChannel listening;
  private final HostPort address;
  private final Wires wires;
  private final Map<String, WireService> services;
  private final ThreadPoolExecutor threads;
  private final Set<Wire> serving = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private WireServer(
      ServerSocketChannel listening,
      HostPort address,
      Wires wires,
      Map<String, WireService> services,
      int maxThreads) {
    this.listening = listening;
    this.address = address;
    this.wires = wires;
    this.services = new HashMap<>(services);
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            maxThreads,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, "serve-" + number.incrementAndGet()));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Listens and answers from now on.
   *
   * @param services by method and path, as in {@code GET /v1/blocks}
   * @param maxThreads how many requests may be at work at once; further connections are closed
   * @throws IOException where it can't listen there, with the address in its message
   */
  public static WireServer start(
      HostPort listen, Wires wires, Map<String, WireService> services, int maxThreads)
      throws IOException {
    InetSocketAddress to = listen.resolve();
    if (to.isUnresolved()) {
      throw new IOException(listen + ": this host's name can't be resolved");
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(to, BACKLOG);
    } catch (BindException e) {
      channel.close();
      throw new IOException(listen + ": this address is taken or is not this machine's", e);
    } catch (IOException e) {
      channel.close();
      throw new IOException(listen + ": can't listen: " + e.getMessage(), e);
    }
    HostPort address = new HostPort(listen.host(), channel.socket().getLocalPort());
    WireServer server = new WireServer(channel, address, wires, services, maxThreads);
    daemon(server::accept, "accept").start();
    return server;
  }

  /** Where it listens, with the port that the system chose where 0 was asked for. */
  public HostPort address() {
    return address;
  }

  private void accept() {
    while (!closed) {
      try {
        begin(listening.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        log.warn("a connection could not be accepted: {}", e.getMessage());
        pause();
      }
    }
  }

  private void begin(SocketChannel channel) throws IOException {
    try {
      Wire wire = wires.take(channel);
      String address = channel.socket().getInetAddress().getHostAddress();
      threads.execute(() -> serve(wire, address));
    } catch (RejectedExecutionException e) {
      channel.close();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      channel.close();
      throw e;
    }
  }

  /** Out of file descriptors, most likely: that does not change at once. */
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Wire wire, String address) {
    serving.add(wire);
    try {
      WireInput in = new WireInput(wire, ByteBuffer.allocate(HEAD_BYTES));
      serve(request(wire, in, address), in, wire);
    } catch (Refusal e) {
      refuse(wire, address, e);
    } catch (TlsFailure e) {
      wires.refused(address, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      log.debug("a peer has gone: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("a request failed", e);
    } finally {
      serving.remove(wire);
      wire.close();
    }
  }

  private WireRequest request(Wire wire, WireInput in, String address) throws IOException, Refusal {
    wire.within(HEAD_PATIENCE_MILLIS);
    try {
      wire.peer();
      return WireRequest.of(in.readHead());
    } catch (SocketTimeoutException e) {
      wires.refused(address, "its request takes longer than ten seconds");
      throw e;
    } catch (StreamCorruptedException e) {
      wires.refused(address, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      wire.withoutHaste();
    }
  }

  private void serve(WireRequest request, WireInput in, Wire wire) throws IOException, Refusal {
    in.limit(request.length());
    wire.patience(PATIENCE_MILLIS);
    WireService service = services.get(request.method() + " " + request.path());
    if (service == null) {
      throw new Refusal(404, "there is no " + request.method() + " " + request.path());
    }
    service.serve(request, in, wire);
  }

  private void refuse(Wire wire, String address, Refusal refusal) {
    if (refusal.turnsAway()) {
      wires.refused(address, String.valueOf(refusal.getMessage()));
    }
    try {
      answer(wire, refusal.answer());
    } catch (IOException e) {
      log.debug("a peer has gone: {}", e.getMessage());
    }
  }

  /** Writes a whole answer. */
  public static void answer(Wire wire, Answer answer) throws IOException {
    byte[] head =
        WireInput.headBytes(
            "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(
                    answer.status(),
                    answer.status() == 200 ? "OK" : "No",
                    answer.contentType(),
                    answer.body().length));
    ByteBuffer all = ByteBuffer.allocate(head.length + answer.body().length);
    wire.write(all.put(head).put(answer.body()).flip());
    wire.finish();
  }

  /** Ends all connections and waits a moment for the threads that serve them. */
  @Override
  public void close() throws IOException {
    closed = true;
    listening.close();
    serving.forEach(Wire::close);
    // Not interrupted: they read from the store, whose channels an interrupt would close.
    threads.shutdown();
    try {
      threads.awaitTermination(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
