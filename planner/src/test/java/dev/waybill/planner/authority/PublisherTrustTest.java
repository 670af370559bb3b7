package dev.waybill.planner.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.catalogue.ManifestTrust;
import dev.waybill.runtime.identity.Authorities;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.KeyProof;
import dev.waybill.runtime.identity.PublisherTrust;
import dev.waybill.runtime.identity.Role;
import dev.waybill.runtime.identity.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose signatures of manifests are believed. */
class PublisherTrustTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Clock CLOCK = at(NOW);
  private static final ManifestHash HASH =
      ManifestHash.start(FileId.parse("f@1"), 10).plus(Checksum.of(ByteBuffer.allocate(10)));
  private static final Identity BUILD = new Identity(Role.PUBLISHER, "build");

  @TempDir Path folder;
  private CertificateAuthority authority;
  private ManifestTrust trust;

  private static Clock at(Instant when) {
    return Clock.fixed(when, ZoneOffset.UTC);
  }

  @BeforeEach
  void start() throws IOException {
    authority = CertificateAuthority.init(folder.resolve("ca"), "ours", CLOCK);
    trust = trustOf(authority);
  }

  private static ManifestTrust trustOf(CertificateAuthority ca) {
    // A clock that is ten years off does not matter.
    Clock off = at(NOW.plus(Duration.ofDays(3652)));
    return new PublisherTrust(() -> new Authorities(List.of(ca.certificate()), off));
  }

  /** A publisher's credentials folder. */
  private Path issued(String name, CertificateAuthority by, Duration lifetime) throws IOException {
    KeyPair key = KeyProof.newSigningKey();
    List<X509Certificate> chain = by.issue(BUILD, key.getPublic(), lifetime, List.of());
    Path output = folder.resolve(name);
    CredentialsFolder.writeSigning(output, key.getPrivate(), chain, List.of(by.certificate()));
    return output;
  }

  private SigningKey key(Instant when) throws IOException {
    return SigningKey.open(issued("publisher", authority, Duration.ofDays(90)), at(when));
  }

  @Test
  void aPublisherOfTheAuthorityIsBelievedWhateverTheClockHereSays() throws IOException {
    ManifestSignature signature = key(NOW).sign(HASH, 10L);
    assertThat(signature.signedAt()).isEqualTo(NOW.getEpochSecond());
    assertThat(trust.objection(HASH, signature)).isNull();
  }

  @Test
  void aSignatureOfOtherBlocksIsNot() throws IOException {
    ManifestSignature signature = key(NOW).sign(HASH, 10L);
    assertThat(trust.objection(ManifestHash.start(FileId.parse("f@1"), 10), signature))
        .isEqualTo("has a signature of waybill://publisher/build that is not of these blocks");
  }

  @Test
  void oneOfAnotherAuthorityIsNot() throws IOException {
    CertificateAuthority other = CertificateAuthority.init(folder.resolve("other"), "ours", CLOCK);
    SigningKey key = SigningKey.open(issued("theirs", other, Duration.ofDays(90)), CLOCK);
    assertThat(trust.objection(HASH, key.sign(HASH, null)))
        .startsWith(
            "is signed by nobody who is trusted: the certificate of waybill://publisher/build");
    assertThat(trustOf(other).objection(HASH, key.sign(HASH, null))).isNull();
  }

  @Test
  void oneWhoseCertificateHadExpiredOrWasNotValidYetIsNot() throws IOException {
    Instant late = NOW.plus(Duration.ofDays(91));
    assertThat(trust.objection(HASH, key(late).sign(HASH, null)))
        .isEqualTo(
            "was signed at 2026-07-31T12:00:00Z by waybill://publisher/build, whose certificate is"
                + " valid from 2026-04-30T12:00:00Z to 2026-07-30T12:00:00Z");
    assertThat(trust.objection(HASH, key(NOW.minus(Duration.ofDays(2))).sign(HASH, null)))
        .startsWith("was signed at 2026-04-29T12:00:00Z by");
  }

  @Test
  void aHostOrAClientCantSign() throws Exception {
    KeyPair key = KeyProof.newSigningKey();
    for (Role role : List.of(Role.HOST, Role.CLIENT, Role.MASTER)) {
      List<X509Certificate> chain =
          authority.issue(new Identity(role, "x"), key.getPublic(), Duration.ofDays(1), List.of());
      ManifestSignature signature =
          ManifestSignature.by(
              key.getPrivate(),
              List.of(Base64.getEncoder().encodeToString(chain.get(0).getEncoded())),
              HASH,
              null,
              NOW.getEpochSecond());
      assertThat(trust.objection(HASH, signature))
          .isEqualTo("is signed by waybill://%s/x, which is no publisher".formatted(role.label()));
    }
  }

  @Test
  void aCertificateWithoutItsKeyIsWorthNothing() throws IOException {
    ManifestSignature right = key(NOW).sign(HASH, null);
    ManifestSignature forged =
        ManifestSignature.by(
            KeyProof.newSigningKey().getPrivate(),
            right.certificates(),
            HASH,
            null,
            NOW.getEpochSecond());
    assertThat(trust.objection(HASH, forged)).contains("that is not of these blocks");
    ManifestSignature garbage =
        new ManifestSignature(1, null, NOW.getEpochSecond(), List.of("AAAA"), right.bytes());
    assertThat(trust.objection(HASH, garbage))
        .isEqualTo("is signed by nobody who is trusted: a certificate is malformed");
  }

  @Test
  void aNewKeyIsTakenUpWithoutARestart() throws IOException {
    Path publisher = issued("publisher", authority, Duration.ofDays(90));
    SigningKey key = SigningKey.open(publisher, CLOCK);
    ManifestSignature before = key.sign(HASH, null);
    issued("publisher", authority, Duration.ofDays(200));
    for (String file :
        List.of(CredentialsFolder.SIGNING_KEY, CredentialsFolder.SIGNING_CERTIFICATE)) {
      Files.setLastModifiedTime(publisher.resolve(file), FileTime.fromMillis(5000));
    }
    ManifestSignature after = key.sign(HASH, null);
    assertThat(after.certificates()).isNotEqualTo(before.certificates());
    assertThat(trust.objection(HASH, after)).isNull();
  }

  @Test
  void aFolderThatIsNotRightIsNamed() throws IOException {
    Path publisher = issued("publisher", authority, Duration.ofDays(90));
    Path another = issued("another", authority, Duration.ofDays(90));
    Files.copy(
        another.resolve(CredentialsFolder.SIGNING_KEY),
        publisher.resolve(CredentialsFolder.SIGNING_KEY),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> SigningKey.open(publisher, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessage(
            publisher.resolve(CredentialsFolder.SIGNING_CERTIFICATE)
                + ": the key in signing-key.pem belongs to another certificate");
    Files.delete(publisher.resolve(CredentialsFolder.SIGNING_KEY));
    assertThat(SigningKey.exists(publisher)).isTrue();
    assertThatThrownBy(() -> SigningKey.open(publisher, CLOCK))
        .hasMessage(publisher.resolve(CredentialsFolder.SIGNING_KEY) + ": no such file");
    assertThat(SigningKey.exists(folder)).isFalse();
  }
}
