package dev.waybill.runtime.identity;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The folder in which a party of the system keeps what proves who it is. What is written there
 * replaces what was, each file at once, so that a process that uses the folder takes it up.
 */
public final class CredentialsFolder {
  /** The certificate authorities that are trusted. */
  public static final String AUTHORITIES = "ca.pem";

  /** The party's certificate, and then those of who has issued it. */
  public static final String CERTIFICATE = "certificate.pem";

  /** The certificate's key, in PKCS#8. */
  public static final String KEY = "key.pem";

  /** The certificate with which the party signs manifests. */
  public static final String SIGNING_CERTIFICATE = "signing-certificate.pem";

  /** The key with which it signs them, in PKCS#8. */
  public static final String SIGNING_KEY = "signing-key.pem";

  private CredentialsFolder() {}

  /** Whether a certificate is there, good or bad. */
  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve(CERTIFICATE));
  }

  /** Writes what connections are secured with. */
  public static void write(
      Path folder, PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities)
      throws IOException {
    create(folder);
    writeText(folder.resolve(AUTHORITIES), Pem.of(authorities), false);
    writeText(folder.resolve(KEY), Pem.of(key), true);
    writeText(folder.resolve(CERTIFICATE), Pem.of(chain), false);
  }

  /** Writes what manifests are signed with. */
  public static void writeSigning(
      Path folder, PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities)
      throws IOException {
    create(folder);
    writeText(folder.resolve(AUTHORITIES), Pem.of(authorities), false);
    writeText(folder.resolve(SIGNING_KEY), Pem.of(key), true);
    writeText(folder.resolve(SIGNING_CERTIFICATE), Pem.of(chain), false);
  }

  /** Makes a folder, and those above it, that nobody but its owner may enter. */
  public static void create(Path folder) throws IOException {
    Files.createDirectories(folder, permissions(folder, "rwx------"));
  }

  /** Writes a text file; a secret one may be read by its owner alone. */
  public static void writeText(Path file, String text, boolean secret) throws IOException {
    writeBytes(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), secret);
  }

  /** Writes a file; a secret one may be read by its owner alone. */
  public static void writeBytes(Path file, byte[] bytes, boolean secret) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    try {
      Files.createFile(next, permissions(file, secret ? "rw-------" : "rw-r--r--"));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(next + ": another process is writing it", e);
    }
    Files.write(next, bytes);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] permissions(Path file, String permissions) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
