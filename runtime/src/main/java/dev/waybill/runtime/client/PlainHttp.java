package dev.waybill.runtime.client;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Clients of HTTP/1.1 without TLS for every process. The JDK's client prepares TLS even where it is
 * never used, and reading the JDK's trust store takes longer than the rest of a client command; so
 * it is given a context that trusts nobody.
 */
public final class PlainHttp {
  private PlainHttp() {}

  /**
   * @param connectTimeout how long a connection may take
   */
  public static HttpClient newClient(Duration connectTimeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(connectTimeout)
        .sslContext(trustingNobody())
        .build();
  }

  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
