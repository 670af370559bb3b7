package dev.waybill.runtime.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text, as they stand in credentials folders and in messages. */
public final class Pem {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String PUBLIC_KEY = "PUBLIC KEY";

  private Pem() {}

  public static String of(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        text.append(block(CERTIFICATE, certificate.getEncoded()));
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a certificate that can't be written", e);
    }
    return text.toString();
  }

  public static String of(PrivateKey key) {
    return block(PRIVATE_KEY, key.getEncoded());
  }

  public static String of(PublicKey key) {
    return block(PUBLIC_KEY, key.getEncoded());
  }

  private static String block(String label, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(bytes), label);
  }

  /**
   * All certificates in a text, in its order, at least one.
   *
   * @throws GeneralSecurityException with one line that says what is wrong with it
   */
  public static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] bytes : blocks(text, CERTIFICATE)) {
      try {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
      } catch (CertificateException e) {
        throw new CertificateException(
            "certificate " + (certificates.size() + 1) + " is malformed", e);
      }
    }
    return List.copyOf(certificates);
  }

  /**
   * The private key in a text (PKCS#8, not encrypted): of an elliptic curve, Ed25519 or RSA.
   *
   * @throws GeneralSecurityException with one line that says what is wrong with it
   */
  public static PrivateKey privateKey(String text) throws GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(blocks(text, PRIVATE_KEY).get(0));
    return any(algorithm -> KeyFactory.getInstance(algorithm).generatePrivate(spec));
  }

  /**
   * The public key in a text.
   *
   * @throws GeneralSecurityException with one line that says what is wrong with it
   */
  public static PublicKey publicKey(String text) throws GeneralSecurityException {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(blocks(text, PUBLIC_KEY).get(0));
    return any(algorithm -> KeyFactory.getInstance(algorithm).generatePublic(spec));
  }

  /** How a key of one algorithm is read. */
  private interface Reading<K> {
    K as(String algorithm) throws GeneralSecurityException;
  }

  private static <K> K any(Reading<K> reading) throws GeneralSecurityException {
    GeneralSecurityException last = new GeneralSecurityException();
    for (String algorithm : List.of("EC", "Ed25519", "RSA")) {
      try {
        return reading.as(algorithm);
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw new GeneralSecurityException("the key is malformed or of an unknown kind", last);
  }

  private static List<byte[]> blocks(String text, String label) throws GeneralSecurityException {
    List<byte[]> blocks = new ArrayList<>();
    for (Matcher m = BLOCK.matcher(text); m.find(); ) {
      if (m.group(1).equals(label)) {
        try {
          blocks.add(
              Base64.getMimeDecoder().decode(m.group(2).getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
          throw new GeneralSecurityException("what stands in it is not base64", e);
        }
      }
    }
    if (blocks.isEmpty()) {
      throw new GeneralSecurityException("there is no -----BEGIN " + label + "----- in it");
    }
    return blocks;
  }
}
