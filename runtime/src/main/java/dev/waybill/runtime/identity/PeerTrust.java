package dev.waybill.runtime.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a process believes of its peers' certificates: whoever the authorities vouch for is a peer.
 * What that peer may do is asked once it is known.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  private final Voucher voucher;

  PeerTrust(Voucher voucher) {
    this.voucher = voucher;
  }

  /** Who says who is who. */
  interface Voucher {
    Identity identityOf(List<X509Certificate> chain) throws CertificateException;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (voucher.identityOf(List.of(chain)).role() == Role.PUBLISHER) {
      throw new CertificateException("it shows a certificate for signing");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    // None are named to peers: they have one certificate, and show it.
    return new X509Certificate[0];
  }
}
