package dev.waybill.runtime.client;

import dev.waybill.model.protocol.Enrol;
import dev.waybill.model.protocol.Enrolled;
import dev.waybill.model.protocol.Renew;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.EnrolmentToken;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.KeyProof;
import dev.waybill.runtime.identity.Pem;
import dev.waybill.runtime.identity.PinnedAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/**
 * How parties come by certificates from a master: a host with a token, anybody with the old one.
 */
public final class CertificateCalls {
  private CertificateCalls() {}

  /**
   * Makes a key, has it certified for a host by a token, and writes both to a folder. The key never
   * leaves this machine.
   */
  public static void enrol(
      List<URI> masters, EnrolmentToken token, String host, Path folder, Clock clock)
      throws IOException {
    KeyPair key = KeyProof.newKey();
    MasterClient master = new MasterClient(masters, PinnedAuthority.of(token, clock));
    Enrolled enrolled =
        master.enrol(
            new Enrol(
                host, token.secret(), Pem.of(key.getPublic()), KeyProof.of(key, token.secret())));
    List<X509Certificate> authorities = PinnedAuthority.requireOf(token, enrolled.authorities());
    CredentialsFolder.write(folder, key.getPrivate(), chain(enrolled), authorities);
  }

  /** Makes a new key, has it certified in place of the one in use, and writes both. */
  public static void renew(Credentials credentials, Issuer issuer) throws IOException {
    Identity identity = credentials.identity();
    KeyPair key = KeyProof.newKey();
    Enrolled enrolled =
        issuer.renew(new Renew(Pem.of(key.getPublic()), KeyProof.of(key, identity.uri())));
    List<X509Certificate> chain = chain(enrolled);
    List<X509Certificate> authorities = authorities(enrolled);
    CredentialsFolder.write(credentials.folder(), key.getPrivate(), chain, authorities);
  }

  /** Who issues the next certificate. */
  public interface Issuer {
    Enrolled renew(Renew request) throws IOException;
  }

  private static List<X509Certificate> chain(Enrolled enrolled) throws IOException {
    return certificates(enrolled.certificate());
  }

  private static List<X509Certificate> authorities(Enrolled enrolled) throws IOException {
    return certificates(enrolled.authorities());
  }

  private static List<X509Certificate> certificates(String pem) throws IOException {
    try {
      return Pem.certificates(pem);
    } catch (GeneralSecurityException e) {
      throw new IOException("the master's answer: " + e.getMessage(), e);
    }
  }
}
