package dev.waybill.runtime.identity;

import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.catalogue.ManifestSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a publisher signs manifests with: an Ed25519 key in its credentials folder, which is read
 * again when a new one is put there. Thread-safe.
 */
public final class SigningKey implements ManifestSigner {
  private final Path folder;
  private final Clock clock;
  private Pair pair;
  private Object stamp;

  /** The key, and its certificate with those of who has issued it. */
  private record Pair(PrivateKey key, List<String> chain) {}

  private SigningKey(Path folder, Clock clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    this.stamp = stamp(folder);
    this.pair = read(folder);
  }

  /**
   * The one beside a party's credentials; null where there is none.
   *
   * @throws IOException with one line that names the file
   */
  public static @Nullable SigningKey of(Credentials credentials) throws IOException {
    Path folder = credentials.folder();
    return exists(folder) ? open(folder, credentials.clock()) : null;
  }

  /** Whether there is one in a credentials folder, good or bad. */
  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve(CredentialsFolder.SIGNING_KEY))
        || Files.exists(folder.resolve(CredentialsFolder.SIGNING_CERTIFICATE));
  }

  /**
   * The one in a credentials folder.
   *
   * @param clock by which signatures are dated
   * @throws IOException with one line that names the file
   */
  public static SigningKey open(Path folder, Clock clock) throws IOException {
    return new SigningKey(folder, clock);
  }

  private static Pair read(Path folder) throws IOException {
    Path keyFile = folder.resolve(CredentialsFolder.SIGNING_KEY);
    Path certificateFile = folder.resolve(CredentialsFolder.SIGNING_CERTIFICATE);
    Path reading = keyFile;
    try {
      PrivateKey key = Pem.privateKey(Files.readString(keyFile));
      reading = certificateFile;
      List<X509Certificate> chain = Pem.certificates(Files.readString(certificateFile));
      Identity identity = Identity.of(chain.get(0));
      if (identity.role() != Role.PUBLISHER) {
        throw new CertificateException(identity + " is no publisher");
      }
      requirePair(key, chain.get(0));
      return new Pair(key, encoded(chain));
    } catch (NoSuchFileException e) {
      throw new IOException(reading + ": no such file", e);
    } catch (GeneralSecurityException e) {
      throw new IOException(reading + ": " + e.getMessage(), e);
    }
  }

  private static void requirePair(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    ManifestHash probe = ManifestHash.opening("probe", null, 1);
    try {
      ManifestSignature s =
          ManifestSignature.by(key, encoded(List.of(certificate)), probe, null, 0);
      if (s.isOf(probe, certificate.getPublicKey())) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("its key is none of Ed25519", e);
    }
    throw new GeneralSecurityException("the key in signing-key.pem belongs to another certificate");
  }

  /** Without who has issued its own: whoever verifies has to know that one. */
  static List<String> encoded(List<X509Certificate> chain) throws GeneralSecurityException {
    List<String> encoded = new java.util.ArrayList<>();
    for (X509Certificate c : chain) {
      if (!c.getSubjectX500Principal().equals(c.getIssuerX500Principal())) {
        encoded.add(Base64.getEncoder().encodeToString(c.getEncoded()));
      }
    }
    return List.copyOf(encoded);
  }

  @Override
  public ManifestSignature sign(ManifestHash hash, @Nullable Long size) {
    Pair now = current();
    return ManifestSignature.by(
        now.key(), now.chain(), hash, size, clock.instant().getEpochSecond());
  }

  private synchronized Pair current() {
    Object found = stamp(folder);
    if (!found.equals(stamp)) {
      stamp = found;
      try {
        pair = read(folder);
      } catch (IOException e) {
        // The other file may be about to come; if it does not, what is refused is said there.
        log().debug("the signing key from before stays in use", e);
      }
    }
    return pair;
  }

  private static Object stamp(Path folder) {
    try {
      return List.of(
          Files.getLastModifiedTime(folder.resolve(CredentialsFolder.SIGNING_KEY)),
          Files.getLastModifiedTime(folder.resolve(CredentialsFolder.SIGNING_CERTIFICATE)));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Begun where there is something to say: that takes a client longer than all it does. */
  private static Logger log() {
    return LoggerFactory.getLogger(SigningKey.class);
  }
}
