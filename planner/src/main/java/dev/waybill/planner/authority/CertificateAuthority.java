package dev.waybill.planner.authority;

import com.google.common.net.InetAddresses;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.KeyProof;
import dev.waybill.runtime.identity.Pem;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate authority of an installation: a folder with its certificate, its key and its
 * tokens, and what issues certificates from it. Thread-safe.
 */
public final class CertificateAuthority {
  /** Also of peers whose clocks are a little late. */
  private static final Duration BACK_DATED = Duration.ofDays(1);

  private static final Duration OWN_LIFETIME = Duration.ofDays(3652);
  private static final String KEY_FILE = "ca-key.pem";
  private static final int SERIAL_BITS = 127;

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  private CertificateAuthority(X509Certificate certificate, PrivateKey key, Clock clock) {
    this.certificate = certificate;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Makes a new authority in a folder.
   *
   * @throws IOException with one line, also where there is one already
   */
  public static CertificateAuthority init(Path folder, String name, Clock clock)
      throws IOException {
    Path certificateFile = folder.resolve(CredentialsFolder.AUTHORITIES);
    if (Files.exists(certificateFile)) {
      throw new IOException(certificateFile + ": there is an authority already");
    }
    KeyPair pair = KeyProof.newKey();
    X500Principal subject = new X500Principal("CN=" + escaped(name));
    Instant now = clock.instant();
    X509Certificate certificate;
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(SERIAL_BITS, new SecureRandom()),
              Date.from(now.minus(BACK_DATED)),
              Date.from(now.plus(OWN_LIFETIME)),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      certificate = signed(builder, pair.getPrivate());
    } catch (CertIOException e) {
      throw new IllegalStateException("a certificate that can't be written", e);
    }
    CredentialsFolder.create(folder);
    CredentialsFolder.writeText(folder.resolve(KEY_FILE), Pem.of(pair.getPrivate()), true);
    CredentialsFolder.writeText(certificateFile, Pem.of(List.of(certificate)), false);
    return new CertificateAuthority(certificate, pair.getPrivate(), clock);
  }

  /**
   * The authority in a folder.
   *
   * @throws IOException with one line that names the file
   */
  public static CertificateAuthority open(Path folder, Clock clock) throws IOException {
    Path certificateFile = folder.resolve(CredentialsFolder.AUTHORITIES);
    Path keyFile = folder.resolve(KEY_FILE);
    Path reading = certificateFile;
    try {
      X509Certificate certificate = Pem.certificates(Files.readString(certificateFile)).get(0);
      reading = keyFile;
      PrivateKey key = Pem.privateKey(Files.readString(keyFile));
      return new CertificateAuthority(certificate, key, clock);
    } catch (NoSuchFileException e) {
      throw new IOException(reading + ": no such file; waybill ca init makes it", e);
    } catch (GeneralSecurityException e) {
      throw new IOException(reading + ": " + e.getMessage(), e);
    }
  }

  /** By what it is known. */
  public X509Certificate certificate() {
    return certificate;
  }

  public Clock clock() {
    return clock;
  }

  /**
   * A certificate for a party.
   *
   * @param lifetime from now on; it ends with the authority's own at the latest
   * @param addresses names or addresses of the machine, for browsers; nothing else looks at them
   * @return the certificate first, then the authority's
   */
  public List<X509Certificate> issue(
      Identity identity, PublicKey of, Duration lifetime, List<String> addresses) {
    Instant now = clock.instant();
    Instant end = now.plus(lifetime);
    Instant last = certificate.getNotAfter().toInstant();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            certificate.getSubjectX500Principal(),
            new BigInteger(SERIAL_BITS, random),
            Date.from(now.minus(BACK_DATED)),
            Date.from(end.isAfter(last) ? last : end),
            new X500Principal("CN=" + escaped(commonName(identity))),
            of);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      if (identity.role() != Role.PUBLISHER) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      }
      builder.addExtension(Extension.subjectAlternativeName, false, names(identity, addresses));
    } catch (CertIOException e) {
      throw new IllegalStateException("a certificate that can't be written", e);
    }
    return List.of(signed(builder, key), certificate);
  }

  private static GeneralNames names(Identity identity, List<String> addresses) {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, identity.uri()));
    for (String address : addresses) {
      boolean number = InetAddresses.isInetAddress(address);
      names.add(new GeneralName(number ? GeneralName.iPAddress : GeneralName.dNSName, address));
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  /** The names and addresses of a machine that a certificate was issued with. */
  public static List<String> addressesOf(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(n -> !n.get(0).equals(GeneralName.uniformResourceIdentifier))
              .map(n -> String.valueOf(n.get(1)))
              .toList();
    } catch (GeneralSecurityException e) {
      return List.of();
    }
  }

  /** For people alone: at most 64 characters, as the standard has it. */
  private static String commonName(Identity identity) {
    String name = identity.role().label() + " " + identity.name();
    return name.length() <= 64 ? name : name.substring(0, 64);
  }

  private static String escaped(String name) {
    return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that can't be signed", e);
    }
  }
}
