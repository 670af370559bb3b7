package dev.waybill.runtime.client;

import dev.waybill.runtime.client.HttpConnection.Response;
import dev.waybill.runtime.identity.Sockets;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the master's client to one master, kept for the next call while they are
 * young. Thread-safe.
 */
final class HttpConnections {
  /** Well below what a master keeps an idle connection for. */
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Sockets sockets;
  private final URI master;
  private final int connectMillis;
  private final Deque<Idle> idle = new ArrayDeque<>();

  private record Idle(HttpConnection connection, long sinceNanos) {}

  HttpConnections(Sockets sockets, URI master, Duration connectTimeout) {
    this.sockets = sockets;
    this.master = master;
    this.connectMillis = (int) connectTimeout.toMillis();
  }

  /** Makes a call; a connection that has ended while it was idle is replaced by a new one. */
  Response call(String method, String path, byte[] body, Duration timeout) throws IOException {
    HttpConnection kept = kept();
    if (kept != null) {
      try {
        return call(kept, method, path, body, timeout);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        if (kept.answered()) {
          throw e;
        }
      }
    }
    HttpConnection made = HttpConnection.open(sockets, master, connectMillis);
    return call(made, method, path, body, timeout);
  }

  private Response call(
      HttpConnection connection, String method, String path, byte[] body, Duration timeout)
      throws IOException {
    try {
      return connection.call(method, path, body, (int) timeout.toMillis());
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw sockets.failure(e);
    } finally {
      if (connection.reusable()) {
        keep(connection);
      } else {
        connection.close();
      }
    }
  }

  private synchronized @Nullable HttpConnection kept() {
    while (!idle.isEmpty()) {
      Idle last = idle.removeLast();
      if (System.nanoTime() - last.sinceNanos < KEPT_NANOS) {
        return last.connection;
      }
      last.connection.close();
    }
    return null;
  }

  private synchronized void keep(HttpConnection connection) {
    idle.addLast(new Idle(connection, System.nanoTime()));
  }
}
