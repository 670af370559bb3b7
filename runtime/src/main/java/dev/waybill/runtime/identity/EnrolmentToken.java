package dev.waybill.runtime.identity;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What a host enrols itself with, once: a secret that the certificate authority knows by its hash,
 * and the authority's fingerprint, by which the host knows the authority.
 *
 * @param secret 24 random bytes, as base64
 * @param fingerprint SHA-256 of the authority's certificate, as base64
 */
public record EnrolmentToken(String secret, String fingerprint) {
  private static final String PREFIX = "waybill1.";
  private static final int SECRET_BYTES = 24;
  private static final int FINGERPRINT_BYTES = 32;

  public EnrolmentToken {
    if (bytes(secret) != SECRET_BYTES || bytes(fingerprint) != FINGERPRINT_BYTES) {
      throw new IllegalArgumentException("this is no token of waybill ca");
    }
  }

  private static int bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64).length;
  }

  /** A new one. */
  public static EnrolmentToken of(SecureRandom random, X509Certificate authority) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new EnrolmentToken(
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret), fingerprintOf(authority));
  }

  /**
   * @throws IllegalArgumentException where it is none
   */
  public static EnrolmentToken parse(String text) {
    List<String> parts = List.of(text.strip().split("\\.", -1));
    if (parts.size() != 3 || !text.strip().startsWith(PREFIX)) {
      throw new IllegalArgumentException("this is no token of waybill ca");
    }
    return new EnrolmentToken(parts.get(1), parts.get(2));
  }

  private static String fingerprintOf(X509Certificate certificate) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(sha256(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a certificate that can't be written", e);
    }
  }

  /** Whether this certificate is the authority's. */
  public boolean isOf(X509Certificate certificate) {
    return fingerprintOf(certificate).equals(fingerprint);
  }

  /** By what the authority knows the secret: its SHA-256 in hexadecimal. */
  public static String hashOf(String secret) {
    try {
      return HexFormat.of().formatHex(sha256(Base64.getUrlDecoder().decode(secret)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no SHA-256 in this JVM", e);
    }
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  /** As it is printed and typed. */
  public String text() {
    return PREFIX + secret + "." + fingerprint;
  }

  /** Without the secret, since records get into logs. */
  @Override
  public String toString() {
    return PREFIX + "***." + fingerprint;
  }
}
