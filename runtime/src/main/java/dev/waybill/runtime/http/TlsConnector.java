package dev.waybill.runtime.http;

import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Peer;
import dev.waybill.runtime.identity.RefusalLog;
import dev.waybill.runtime.identity.TlsFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * How the connections of an HTTP server are secured, and how it knows who is at their other end.
 */
final class TlsConnector {
  private TlsConnector() {}

  /** A connector whose connections are secured with what the credentials are at their beginning. */
  static ServerConnector of(
      Server server, Credentials credentials, RefusalLog refusals, ConnectionFactory http) {
    SslConnectionFactory tls =
        new SslConnectionFactory(new Engines(credentials), http.getProtocol());
    ServerConnector connector = new ServerConnector(server, 1, 1, tls, http);
    connector.addBean(new Failures(credentials, refusals));
    return connector;
  }

  /** Who asks. */
  static Peer peer(@Nullable Credentials credentials, Request request) throws IOException {
    if (credentials == null) {
      return new Peer.Unsecured();
    }
    EndPoint.SslSessionData data =
        request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
    return credentials.peer(data == null ? null : data.sslSession());
  }

  /** The credentials in the server's own terms. */
  private static final class Engines extends SslContextFactory.Server {
    private final Credentials credentials;

    Engines(Credentials credentials) {
      this.credentials = credentials;
      setSslContext(credentials.context());
    }

    @Override
    public SSLEngine newSSLEngine() {
      return credentials.serving(false);
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
      return credentials.serving(false);
    }

    @Override
    public SSLEngine newSSLEngine(InetSocketAddress address) {
      return credentials.serving(false);
    }
  }

  /** Says which peers have been turned away, and why. */
  private static final class Failures implements SslHandshakeListener {
    private final Credentials credentials;
    private final RefusalLog log;

    Failures(Credentials credentials, RefusalLog log) {
      this.credentials = credentials;
      this.log = log;
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
      IOException line =
          credentials.failure(failure instanceof IOException e ? e : new SSLException(failure));
      if (line instanceof TlsFailure) {
        log.refused(address(event.getEndPoint()), String.valueOf(line.getMessage()));
      }
    }

    private static String address(EndPoint peer) {
      SocketAddress address = peer.getRemoteSocketAddress();
      return address instanceof InetSocketAddress a
          ? a.getAddress().getHostAddress()
          : String.valueOf(address);
    }
  }
}
