package dev.waybill.runtime.http;

import java.net.InetSocketAddress;

/**
 * Where a server of this frame listens or is reached, written {@code HOST:PORT}.
 *
 * @param port 0 to 65535; 0 lets the system choose when listening
 */
public record HostPort(String host, int port) {
  public HostPort {
    if (host.isEmpty() || port < 0 || port > 65535) {
      throw new IllegalArgumentException("not HOST:PORT: '" + host + ":" + port + "'");
    }
  }

  /**
   * @throws IllegalArgumentException where {@code text} is anything but {@code HOST:PORT} or {@code
   *     [IPV6]:PORT}
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = "";
    }
    try {
      return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not HOST:PORT: '" + text + "'", e);
    }
  }

  /** Looked up now. */
  public InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
