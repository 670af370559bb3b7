package dev.waybill.benchmarks;

import dev.waybill.planner.authority.CertificateAuthority;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.KeyProof;
import dev.waybill.runtime.identity.Pem;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A certificate authority of its own for a test, and the credentials that come from it. */
public final class Installation {
  private static final Duration LIFETIME = Duration.ofDays(90);

  private final Path folder;
  private final CertificateAuthority authority;

  public Installation(Path folder) throws IOException {
    this.folder = folder;
    this.authority = CertificateAuthority.init(folder.resolve("ca"), "test", Clock.systemUTC());
  }

  /** The authority's folder. */
  public Path authority() {
    return folder.resolve("ca");
  }

  public List<X509Certificate> authorities() {
    return List.of(authority.certificate());
  }

  /** Good ones, in place of any from before. */
  public Path credentials(Role role, String name) throws IOException {
    return credentials(role, name, LIFETIME, authorities());
  }

  /**
   * @param trusted whom their bearer believes
   */
  public Path credentials(Role role, String name, Duration lifetime, List<X509Certificate> trusted)
      throws IOException {
    Path to = folder.resolve(role.label() + "-" + name);
    KeyPair key = KeyProof.newKey();
    List<X509Certificate> chain =
        authority.issue(new Identity(role, name), key.getPublic(), lifetime, List.of());
    CredentialsFolder.write(to, key.getPrivate(), chain, trusted);
    return to;
  }

  /** Puts a key beside a client's credentials with which it signs. */
  public void signing(Path client) throws IOException {
    KeyPair key = KeyProof.newSigningKey();
    Identity publisher = new Identity(Role.PUBLISHER, "build");
    List<X509Certificate> chain = authority.issue(publisher, key.getPublic(), LIFETIME, List.of());
    Files.writeString(client.resolve(CredentialsFolder.SIGNING_CERTIFICATE), Pem.of(chain));
    Files.writeString(client.resolve(CredentialsFolder.SIGNING_KEY), Pem.of(key.getPrivate()));
  }
}
