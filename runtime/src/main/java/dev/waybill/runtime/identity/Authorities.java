package dev.waybill.runtime.identity;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The certificate authorities that a process trusts to say who is who, and the clock by which
 * certificates are valid or not. Thread-safe.
 */
public final class Authorities {
  private final List<X509Certificate> certificates;
  private final Clock clock;

  /**
   * @param certificates at least one
   */
  public Authorities(List<X509Certificate> certificates, Clock clock) {
    this.certificates = List.copyOf(certificates);
    this.clock = clock;
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("no certificate authority");
    }
  }

  public List<X509Certificate> certificates() {
    return certificates;
  }

  /**
   * Who the bearer of a certificate is, if one of these authorities says so and the certificate is
   * valid now.
   *
   * @param chain the certificate first, then those of who has issued it
   * @throws CertificateException with one line for people
   */
  public Identity identityOf(List<X509Certificate> chain) throws CertificateException {
    if (chain.isEmpty()) {
      throw new CertificateException("it shows no certificate");
    }
    X509Certificate leaf = chain.get(0);
    Identity identity = Identity.of(leaf);
    requireValid("the certificate of " + identity, leaf);
    try {
      CertPath path =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(chain.stream().filter(c -> !certificates.contains(c)).toList());
      CertPathValidator.getInstance("PKIX").validate(path, parameters());
    } catch (CertPathValidatorException e) {
      throw new CertificateException("the certificate of " + identity + reason(e), e);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("the certificate of " + identity + " can't be checked", e);
    }
    return identity;
  }

  private PKIXParameters parameters() throws InvalidAlgorithmParameterException {
    Set<TrustAnchor> anchors = new HashSet<>();
    certificates.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
    PKIXParameters parameters = new PKIXParameters(anchors);
    // Certificates are short-lived instead.
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(clock.instant()));
    return parameters;
  }

  private static String reason(CertPathValidatorException e) {
    // The second is an authority of the same name.
    return e.getReason() == PKIXReason.NO_TRUST_ANCHOR
            || e.getReason() == BasicReason.INVALID_SIGNATURE
        ? " is from another CA"
        : " is not acceptable: " + e.getMessage();
  }

  /**
   * @throws CertificateException with the date, and with that of the clock here, since it may be
   *     the clock that is wrong
   */
  void requireValid(String what, X509Certificate certificate) throws CertificateException {
    Instant now = clock.instant();
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (now.isAfter(to)) {
      throw new CertificateException(
          what + " expired at " + to + "; here it is " + now.truncatedTo(ChronoUnit.SECONDS));
    }
    if (now.isBefore(from)) {
      throw new CertificateException(
          "%s is not valid before %s; here it is %s"
              .formatted(what, from, now.truncatedTo(ChronoUnit.SECONDS)));
    }
  }
}
