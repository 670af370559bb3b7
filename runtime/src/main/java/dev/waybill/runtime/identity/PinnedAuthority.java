package dev.waybill.runtime.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What a host that is about to enrol believes: masters whose certificate is from the authority that
 * its token names, and nobody else. It has no certificate to show yet.
 */
public final class PinnedAuthority {
  private PinnedAuthority() {}

  /** Connections to masters of the token's authority. */
  public static Sockets of(EnrolmentToken token, Clock clock) {
    SSLContext context;
    try {
      context = SSLContext.getInstance("TLSv1.3");
      context.init(
          null, new TrustManager[] {new PeerTrust(chain -> identityOf(token, clock, chain))}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS 1.3 in this JVM", e);
    }
    return new TlsSockets(
        () -> context,
        session -> {
          try {
            return Identity.of((X509Certificate) session.getPeerCertificates()[0]);
          } catch (CertificateException e) {
            throw new IOException(e.getMessage(), e);
          }
        },
        () -> null,
        Role.MASTER);
  }

  private static Identity identityOf(EnrolmentToken token, Clock clock, List<X509Certificate> chain)
      throws CertificateException {
    for (X509Certificate certificate : chain) {
      if (token.isOf(certificate)) {
        return new Authorities(List.of(certificate), clock).identityOf(chain);
      }
    }
    throw new CertificateException("it is of another CA than the token");
  }

  /** The authorities of an answer, if the token's is one of them. */
  public static List<X509Certificate> requireOf(EnrolmentToken token, String authorities)
      throws IOException {
    try {
      List<X509Certificate> all = Pem.certificates(authorities);
      if (all.stream().noneMatch(token::isOf)) {
        throw new IOException("the master answers with another CA than the token's");
      }
      return all;
    } catch (GeneralSecurityException e) {
      throw new IOException("the master's answer: " + e.getMessage(), e);
    }
  }
}
