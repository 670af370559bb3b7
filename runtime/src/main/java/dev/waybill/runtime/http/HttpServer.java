package dev.waybill.runtime.http;

import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.RefusalLog;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** A running HTTP server: the frame of the master's API and of an executor's data plane. */
public final class HttpServer implements Closeable {
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** How long requests at work may go on when it stops; half of it before they are interrupted. */
  private static final Duration STOP = Duration.ofMillis(500);

  private final Server server;
  private final ServerConnector connector;
  private final HostPort listen;

  private HttpServer(Server server, ServerConnector connector, HostPort listen) {
    this.server = server;
    this.connector = connector;
    this.listen = listen;
  }

  /**
   * Listens and answers from now on.
   *
   * @param maxThreads how many requests may be at work at once
   * @throws IOException where it can't listen there, with the address in its message
   */
  public static HttpServer start(HostPort listen, Routes routes, int maxThreads)
      throws IOException {
    return start(listen, routes, maxThreads, null, refusals());
  }

  /** What a server says of peers that it turns away. */
  public static RefusalLog refusals() {
    return new RefusalLog(HttpServer.class);
  }

  /**
   * Listens and answers from now on.
   *
   * @param maxThreads how many requests may be at work at once
   * @param credentials what connections are secured with; null: they are not
   * @param refusals is told of peers that are turned away
   * @throws IOException where it can't listen there, with the address in its message
   */
  public static HttpServer start(
      HostPort listen,
      Routes routes,
      int maxThreads,
      @Nullable Credentials credentials,
      RefusalLog refusals)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(maxThreads, 2);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setStopTimeout(STOP.toMillis());
    Server server = new Server(threads);
    HttpConfiguration config = new HttpConfiguration();
    config.setSendServerVersion(false);
    config.setSendDateHeader(false);
    // It would take 30 KB for each connection, and thousands of hosts keep theirs.
    config.setHeaderCacheSize(0);
    // Peers are known by their certificates, and servers by their roles: names in URLs say nothing.
    config.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http = new HttpConnectionFactory(config);
    ServerConnector connector =
        credentials == null
            ? new ServerConnector(server, 1, 1, http)
            : TlsConnector.of(server, credentials, refusals, http);
    connector.setHost(listen.host());
    connector.setPort(listen.port());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setReuseAddress(true);
    server.addConnector(connector);
    server.setHandler(routes.handler(credentials, refusals));
    server.setErrorHandler(new ProblemErrors(refusals));
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw new IOException(listen + ": " + reason(e), e);
    }
    return new HttpServer(server, connector, listen);
  }

  private static String reason(Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return "this address is taken or is not this machine's";
      }
      if (t instanceof UnresolvedAddressException) {
        return "this host's name can't be resolved";
      }
      if (t instanceof SocketException) {
        return "can't listen: " + t.getMessage();
      }
    }
    return "can't listen: " + e.getMessage();
  }

  /** Where it listens, with the port that the system chose where 0 was asked for. */
  public HostPort address() {
    return new HostPort(listen.host(), connector.getLocalPort());
  }

  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("a server that can't be stopped", e);
    }
  }
}
