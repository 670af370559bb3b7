package dev.waybill.runtime.identity;

import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.catalogue.ManifestTrust;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Believes publishers to whom an authority that is trusted here has given a certificate, valid when
 * they signed. It does not ask a clock: what was signed rightly stays so, and a host whose own
 * clock is wrong can tell. Thread-safe.
 */
public final class PublisherTrust implements ManifestTrust {
  private final Supplier<Authorities> authorities;

  /**
   * @param authorities those that are trusted now
   */
  public PublisherTrust(Supplier<Authorities> authorities) {
    this.authorities = authorities;
  }

  /**
   * Which manifests a process with these credentials takes.
   *
   * @param credentials null: it knows no authority, and takes all
   */
  public static ManifestPolicy policy(@Nullable Credentials credentials, boolean unsignedAllowed) {
    return credentials == null
        ? ManifestPolicy.OPEN
        : new ManifestPolicy(new PublisherTrust(credentials::authorities), unsignedAllowed);
  }

  @Override
  public @Nullable String objection(ManifestHash hash, ManifestSignature signature) {
    try {
      List<X509Certificate> chain = chain(signature);
      X509Certificate leaf = chain.get(0);
      Identity signer = Identity.of(leaf);
      if (signer.role() != Role.PUBLISHER) {
        return "is signed by " + signer + ", which is no publisher";
      }
      Instant signedAt = Instant.ofEpochSecond(signature.signedAt());
      Instant from = leaf.getNotBefore().toInstant();
      Instant to = leaf.getNotAfter().toInstant();
      if (signedAt.isBefore(from) || signedAt.isAfter(to)) {
        return "was signed at %s by %s, whose certificate is valid from %s to %s"
            .formatted(signedAt, signer, from, to);
      }
      Clock then = Clock.fixed(signedAt, ZoneOffset.UTC);
      Identity unused = new Authorities(authorities.get().certificates(), then).identityOf(chain);
      return signature.isOf(hash, leaf.getPublicKey())
          ? null
          : "has a signature of " + signer + " that is not of these blocks";
    } catch (CertificateException e) {
      return "is signed by nobody who is trusted: " + e.getMessage();
    }
  }

  private static List<X509Certificate> chain(ManifestSignature signature)
      throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (byte[] der : signature.chain()) {
      try {
        chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      } catch (CertificateException e) {
        throw new CertificateException("a certificate is malformed", e);
      }
    }
    return chain;
  }
}
