package dev.waybill.planner.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.runtime.identity.Authorities;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.EnrolmentToken;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.KeyProof;
import dev.waybill.runtime.identity.Pem;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final Duration TEN_YEARS = Duration.ofDays(3653);
  private static final Identity HOST = new Identity(Role.HOST, "nyc/rack:1#a@b+c");
  private final Clock clock = Clock.systemUTC();
  @TempDir Path folder;

  private CertificateAuthority authority() throws IOException {
    return CertificateAuthority.init(folder.resolve("ca"), "test", clock);
  }

  private static List<X509Certificate> issue(CertificateAuthority ca, Duration lifetime) {
    return ca.issue(HOST, KeyProof.newKey().getPublic(), lifetime, List.of());
  }

  private static Authorities trusting(CertificateAuthority ca, Clock clock) {
    return new Authorities(List.of(ca.certificate()), clock);
  }

  @Test
  void aCertificateNamesItsBearer() throws Exception {
    CertificateAuthority ca = authority();
    CertificateAuthority reopened = CertificateAuthority.open(folder.resolve("ca"), clock);
    assertThat(trusting(ca, clock).identityOf(issue(reopened, Duration.ofDays(1)))).isEqualTo(HOST);
  }

  @Test
  void aPublishersCertificateNamesItToo() throws Exception {
    CertificateAuthority ca = authority();
    Identity publisher = new Identity(Role.PUBLISHER, "alice");
    var chain =
        ca.issue(publisher, KeyProof.newSigningKey().getPublic(), Duration.ofDays(1), List.of());
    assertThat(trusting(ca, clock).identityOf(chain)).isEqualTo(publisher);
    assertThat(chain.get(0).getPublicKey().getAlgorithm()).isEqualTo("EdDSA");
  }

  @Test
  void anotherAuthoritysCertificateIsNotBelieved() throws Exception {
    CertificateAuthority other = CertificateAuthority.init(folder.resolve("other"), "test", clock);
    assertThatThrownBy(() -> trusting(authority(), clock).identityOf(issue(other, TEN_YEARS)))
        .hasMessage("the certificate of waybill://host/nyc/rack:1%23a@b+c is from another CA");
  }

  @Test
  void aCertificateIssuedByAHostIsNotBelieved() throws Exception {
    CertificateAuthority ca = authority();
    KeyPair hostKey = KeyProof.newKey();
    List<X509Certificate> host = ca.issue(HOST, hostKey.getPublic(), Duration.ofDays(1), List.of());
    Path forged = folder.resolve("forged");
    CredentialsFolder.create(forged);
    CredentialsFolder.writeText(forged.resolve("ca.pem"), Pem.of(host), false);
    CredentialsFolder.writeText(forged.resolve("ca-key.pem"), Pem.of(hostKey.getPrivate()), true);
    CertificateAuthority forger = CertificateAuthority.open(forged, clock);
    List<X509Certificate> issued =
        forger.issue(
            new Identity(Role.MASTER, "m"),
            KeyProof.newKey().getPublic(),
            Duration.ofHours(1),
            List.of());
    assertThatThrownBy(
            () ->
                trusting(ca, clock)
                    .identityOf(List.of(issued.get(0), host.get(0), ca.certificate())))
        .hasMessageContaining("the certificate of waybill://master/m is not acceptable");
  }

  @Test
  void anExpiredCertificateIsNotBelieved() throws Exception {
    CertificateAuthority ca = authority();
    List<X509Certificate> chain = issue(ca, Duration.ofMinutes(-1));
    assertThatThrownBy(() -> trusting(ca, clock).identityOf(chain))
        .hasMessageMatching(
            "the certificate of waybill://host/\\S+ expired at \\S+; here it is .*");
  }

  @Test
  void aClockTenYearsOffBelievesNobody() throws Exception {
    CertificateAuthority ca = authority();
    List<X509Certificate> chain = issue(ca, Duration.ofDays(90));
    assertThatThrownBy(
            () -> trusting(ca, Clock.offset(clock, TEN_YEARS.negated())).identityOf(chain))
        .hasMessageMatching("the certificate of \\S+ is not valid before \\S+; here it is 20.*");
    assertThatThrownBy(() -> trusting(ca, Clock.offset(clock, TEN_YEARS)).identityOf(chain))
        .hasMessageContaining("expired at");
  }

  @Test
  void aClockThatIsAnHourLateDoesNoHarm() throws Exception {
    CertificateAuthority ca = authority();
    Clock late = Clock.offset(clock, Duration.ofHours(-1));
    assertThat(trusting(ca, late).identityOf(issue(ca, Duration.ofDays(1)))).isEqualTo(HOST);
  }

  @Test
  void anAuthorityIsNotReplaced() throws Exception {
    authority();
    assertThatThrownBy(this::authority).hasMessageEndingWith("there is an authority already");
  }

  @Test
  void credentialsAreTakenUpWhenTheyChange() throws Exception {
    CertificateAuthority ca = authority();
    Path mine = folder.resolve("mine");
    write(ca, mine, "first");
    Credentials credentials = Credentials.open(mine);
    assertThat(credentials.identity().name()).isEqualTo("first");
    write(ca, mine, "second");
    await().untilAsserted(() -> assertThat(credentials.identity().name()).isEqualTo("second"));
  }

  @Test
  void credentialsThatBecomeUnreadableStayInUse() throws Exception {
    CertificateAuthority ca = authority();
    Path mine = folder.resolve("mine");
    write(ca, mine, "first");
    Credentials credentials = Credentials.open(mine);
    Files.writeString(mine.resolve("certificate.pem"), "no certificate");
    Thread.sleep(1100);
    assertThat(credentials.identity().name()).isEqualTo("first");
  }

  @Test
  void keysAreForTheirOwnerAlone() throws Exception {
    CertificateAuthority ca = authority();
    Path mine = folder.resolve("mine");
    write(ca, mine, "first");
    assertThat(permissions(mine)).isEqualTo("rwx------");
    assertThat(permissions(mine.resolve("key.pem"))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("ca/ca-key.pem"))).isEqualTo("rw-------");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void write(CertificateAuthority ca, Path folder, String name) throws IOException {
    KeyPair key = KeyProof.newKey();
    Identity identity = new Identity(Role.CLIENT, name);
    CredentialsFolder.write(
        folder,
        key.getPrivate(),
        ca.issue(identity, key.getPublic(), Duration.ofDays(1), List.of("localhost", "::1")),
        List.of(ca.certificate()));
  }

  @Test
  void whatIsWrongWithCredentialsIsSaidInOneLine() throws Exception {
    CertificateAuthority ca = authority();
    Path mine = folder.resolve("mine");
    Path other = folder.resolve("other");
    write(ca, mine, "first");
    write(ca, other, "second");
    assertThatThrownBy(() -> Credentials.open(folder.resolve("none")))
        .hasMessage(folder.resolve("none/ca.pem") + ": no such file");
    Files.copy(
        other.resolve("key.pem"), mine.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> Credentials.open(mine))
        .hasMessage(
            mine.resolve("certificate.pem")
                + ": the key in key.pem belongs to another certificate");
    Files.writeString(
        mine.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(() -> Credentials.open(mine))
        .hasMessage(mine.resolve("key.pem") + ": the key is malformed or of an unknown kind");
  }

  @Test
  void aTokenIsGoodOnceAndForOneHost() throws Exception {
    CertificateAuthority ca = authority();
    Tokens tokens = new Tokens(folder.resolve("ca"), clock);
    EnrolmentToken made = tokens.make("b", Duration.ofHours(1), ca.certificate());
    EnrolmentToken token = EnrolmentToken.parse(made.text());
    assertThat(token).isEqualTo(made);
    assertThat(token.isOf(ca.certificate())).isTrue();
    assertThat(tokens.redeem(token.secret(), "c")).isEqualTo(new Redeemed.OtherHost());
    assertThat(tokens.redeem(token.secret(), "b")).isEqualTo(new Redeemed.Granted("b"));
    assertThat(tokens.redeem(token.secret(), "b")).isEqualTo(new Redeemed.Used("b"));
  }

  @Test
  void aTokenExpires() throws Exception {
    CertificateAuthority ca = authority();
    Tokens tokens = new Tokens(folder.resolve("ca"), clock);
    EnrolmentToken token = tokens.make("b", Duration.ofSeconds(-1), ca.certificate());
    assertThat(tokens.redeem(token.secret(), "b")).isInstanceOf(Redeemed.Expired.class);
  }

  @Test
  void aTokenOfAnotherAuthorityIsUnknown() throws Exception {
    CertificateAuthority ca = authority();
    EnrolmentToken token =
        new Tokens(folder.resolve("other"), clock).make("b", Duration.ofHours(1), ca.certificate());
    assertThat(new Tokens(folder.resolve("ca"), clock).redeem(token.secret(), "b"))
        .isEqualTo(new Redeemed.Unknown());
  }

  @Test
  void theTokenItselfIsNowhereOnDisk() throws Exception {
    CertificateAuthority ca = authority();
    EnrolmentToken token =
        new Tokens(folder.resolve("ca"), clock).make("b", Duration.ofHours(1), ca.certificate());
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file + Files.readString(file)).doesNotContain(token.secret());
      }
    }
    assertThat(token.toString()).doesNotContain(token.secret());
  }
}
