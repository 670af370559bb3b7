package dev.waybill.runtime.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** What stood in a credentials folder when it was read, and the TLS context made of it. */
final class Material {
  private static final int SESSION_SECONDS = 600;

  private final Identity identity;
  private final List<X509Certificate> chain;
  private final Authorities authorities;
  private final SSLContext context;

  private Material(
      Identity identity, List<X509Certificate> chain, Authorities authorities, SSLContext context) {
    this.identity = identity;
    this.chain = chain;
    this.authorities = authorities;
    this.context = context;
  }

  /**
   * @throws IOException with one line that names the file
   */
  static Material read(Path folder, Clock clock) throws IOException {
    Path authoritiesFile = folder.resolve(CredentialsFolder.AUTHORITIES);
    Path certificateFile = folder.resolve(CredentialsFolder.CERTIFICATE);
    Path keyFile = folder.resolve(CredentialsFolder.KEY);
    List<X509Certificate> anchors = parsed(authoritiesFile, Pem::certificates);
    List<X509Certificate> chain = parsed(certificateFile, Pem::certificates);
    PrivateKey key = parsed(keyFile, Pem::privateKey);
    X509Certificate leaf = chain.get(0);
    try {
      Identity identity = Identity.of(leaf);
      if (identity.role() == Role.PUBLISHER) {
        throw new CertificateException(identity + " signs, and makes no connections");
      }
      requirePair(key, leaf);
      Authorities authorities = new Authorities(anchors, clock);
      return new Material(identity, chain, authorities, context(key, chain, authorities));
    } catch (GeneralSecurityException e) {
      throw new IOException(certificateFile + ": " + e.getMessage(), e);
    }
  }

  /** How what stands in a file is read. */
  private interface Reading<T> {
    T of(String text) throws GeneralSecurityException;
  }

  private static <T> T parsed(Path file, Reading<T> reading) throws IOException {
    try {
      return reading.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new IOException(file + ": can't be read", e);
    }
  }

  private static void requirePair(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    byte[] probe = {1};
    boolean pair = false;
    if (key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(probe);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certificate.getPublicKey());
      verifying.update(probe);
      pair = verifying.verify(signing.sign());
    }
    if (!pair) {
      throw new GeneralSecurityException("the key in key.pem belongs to another certificate");
    }
  }

  private static SSLContext context(
      PrivateKey key, List<X509Certificate> chain, Authorities authorities)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(
        new KeyManager[] {new OneKey(key, chain.toArray(X509Certificate[]::new))},
        new TrustManager[] {new PeerTrust(authorities::identityOf)},
        null);
    context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
    return context;
  }

  Identity identity() {
    return identity;
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  /** The certificate first, then those of who has issued it. */
  List<X509Certificate> chain() {
    return chain;
  }

  Authorities authorities() {
    return authorities;
  }

  SSLContext context() {
    return context;
  }

  /** By what it is seen that a folder's files have changed. */
  record Stamp(List<Object> marks) {
    static Stamp of(Path folder) {
      List<Object> marks = new ArrayList<>();
      for (String name :
          List.of(
              CredentialsFolder.AUTHORITIES,
              CredentialsFolder.CERTIFICATE,
              CredentialsFolder.KEY)) {
        try {
          BasicFileAttributes file =
              Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
          marks.add(file.lastModifiedTime());
          marks.add(file.size());
          marks.add(Objects.requireNonNullElse(file.fileKey(), ""));
        } catch (IOException e) {
          marks.add("unreadable");
        }
      }
      return new Stamp(List.copyOf(marks));
    }
  }
}
