package dev.waybill.runtime.identity;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Connections of an HTTP client that are secured, to peers of one role. */
final class TlsSockets implements Sockets {
  private final Supplier<SSLContext> context;
  private final Proof proof;
  private final Supplier<@Nullable String> ownTrouble;
  private final Role role;

  /** Who a peer has proven to be. */
  interface Proof {
    Identity of(SSLSession session) throws IOException;
  }

  /**
   * @param context asked for each connection
   * @param ownTrouble why peers may refuse this side; null where that is not known
   */
  TlsSockets(
      Supplier<SSLContext> context, Proof proof, Supplier<@Nullable String> ownTrouble, Role role) {
    this.context = context;
    this.proof = proof;
    this.ownTrouble = ownTrouble;
    this.role = role;
  }

  /** TLS 1.3 and nothing else, the quickest cipher first where the processor knows AES. */
  static SSLParameters parameters() {
    return new SSLParameters(
        new String[] {
          "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
        },
        new String[] {"TLSv1.3"});
  }

  @Override
  public Socket connect(InetSocketAddress to, int timeoutMillis) throws IOException {
    SSLSocket socket = (SSLSocket) context.get().getSocketFactory().createSocket();
    try {
      socket.setSSLParameters(parameters());
      socket.setTcpNoDelay(true);
      socket.connect(to, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      socket.startHandshake();
      Identity peer = proof.of(socket.getSession());
      if (peer.role() != role) {
        throw new IOException("it is " + peer + ", and no " + role.label());
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw failure(e);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public IOException failure(IOException e) {
    return TlsFailure.of(e, ownTrouble.get());
  }
}
