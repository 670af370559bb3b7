package dev.waybill.runtime.identity;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** How the client of an HTTP server comes by its connections, secured or not. */
public interface Sockets {
  /**
   * Connects, and makes sure that who answers is who should.
   *
   * @throws IOException in one line
   */
  Socket connect(InetSocketAddress to, int timeoutMillis) throws IOException;

  /** What went wrong on such a connection, in one line for people. */
  default IOException failure(IOException e) {
    return e;
  }

  /** Connections that are not secured. */
  static Sockets plain() {
    return (to, timeoutMillis) -> {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(to, timeoutMillis);
        return socket;
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    };
  }
}
