package dev.waybill.planner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.protocol.Report;
import dev.waybill.planner.authority.CertificateAuthority;
import dev.waybill.planner.authority.Tokens;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.catalogue.DatabaseCatalogue;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.client.CertificateCalls;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.EnrolmentToken;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.KeyProof;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SecuredMasterTest {
  private static final Clock CLOCK = Clock.systemUTC();
  @TempDir Path folder;
  private CertificateAuthority authority;
  private Catalogue catalogue;
  private MasterServer server;
  private List<URI> url;

  @BeforeEach
  void start() throws IOException {
    authority = CertificateAuthority.init(folder.resolve("ca"), "test", CLOCK);
    catalogue = DatabaseCatalogue.open(folder);
    Host a = new Host("a", "x", List.of(), List.of());
    Host b = new Host("b", "x", List.of(), List.of());
    server =
        MasterServer.start(
            Fleet.of(new Network(List.of(), List.of(), List.of(a, b))),
            catalogue,
            Solvers.named("auto"),
            new MasterServer.Settings(
                SolveLimits.standard(),
                MasterConfig.standard(),
                new HostPort("127.0.0.1", 0),
                null,
                folder,
                credentials(Role.MASTER, "m"),
                new Enrolment(folder.resolve("ca"), CLOCK)));
    url = List.of(URI.create("https://" + server.address()));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    catalogue.close();
  }

  private Credentials credentials(Role role, String name) throws IOException {
    return credentials(authority, role, name, Duration.ofDays(1));
  }

  private Credentials credentials(
      CertificateAuthority issuer, Role role, String name, Duration lifetime) throws IOException {
    KeyPair key = KeyProof.newKey();
    Path to = folder.resolve(role.label() + name);
    CredentialsFolder.write(
        to,
        key.getPrivate(),
        issuer.issue(new Identity(role, name), key.getPublic(), lifetime, List.of()),
        List.of(authority.certificate()));
    return Credentials.open(to);
  }

  private MasterClient as(Role role, String name) throws IOException {
    return client(credentials(role, name));
  }

  private MasterClient client(Credentials credentials) {
    return new MasterClient(url, credentials.sockets(Role.MASTER));
  }

  private static Report report(String host) {
    return new Report(
        host, "i", "127.0.0.1:1", 1, 0, true, List.of(), List.of(), List.of(), List.of());
  }

  @Test
  void aHostReportsForItselfAlone() throws Exception {
    MasterClient host = as(Role.HOST, "a");
    host.report(report("a"));
    assertThatThrownBy(() -> host.report(report("b")))
        .hasMessage("this is for waybill://host/b, and not for waybill://host/a");
    assertThatThrownBy(() -> host.awaitOrders("b", 0, Duration.ZERO))
        .hasMessageContaining("this is for waybill://host/b");
    assertThatThrownBy(() -> as(Role.CLIENT, "c").report(report("b")))
        .hasMessageContaining("and not for waybill://client/c");
  }

  @Test
  void aHostIsNoClient() throws Exception {
    assertThat(as(Role.CLIENT, "c").status(null).hosts()).hasSize(2);
    MasterClient host = as(Role.HOST, "a");
    assertThatThrownBy(() -> host.status(null))
        .isInstanceOf(MasterClient.Refused.class)
        .hasMessage("this is for a client, and not for waybill://host/a");
    assertThatThrownBy(host::snapshot).hasMessageContaining("this is for a client");
  }

  @Test
  void whoShowsAClientsCertificateAtTheMastersAddressIsNoMaster() throws Exception {
    assertThatThrownBy(
            () ->
                new MasterClient(url, credentials(Role.CLIENT, "c").sockets(Role.HOST))
                    .status(null))
        .hasMessageContaining("it is waybill://master/m, and no host");
  }

  @Test
  void anExpiredClientIsToldSo() throws Exception {
    Credentials expired = credentials(authority, Role.CLIENT, "c", Duration.ofMinutes(-1));
    assertThatThrownBy(() -> client(expired).status(null))
        .hasMessageContaining("the certificate of waybill://client/c expired at ");
  }

  @Test
  void aClientOfAnotherAuthorityIsRefused() throws Exception {
    CertificateAuthority other = CertificateAuthority.init(folder.resolve("other"), "test", CLOCK);
    Credentials stranger = credentials(other, Role.CLIENT, "c", Duration.ofDays(1));
    assertThatThrownBy(() -> client(stranger).status(null))
        .hasMessageContaining("can't be reached");
  }

  @Test
  void plainHttpGetsNothing() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
      socket.setSoTimeout(5000);
      socket
          .getOutputStream()
          .write("GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("HTTP");
    }
  }

  @Test
  void aHostEnrolsOnceWithItsToken() throws Exception {
    EnrolmentToken token = token("a", Duration.ofHours(1));
    Path enrolled = folder.resolve("enrolled");
    assertThatThrownBy(() -> CertificateCalls.enrol(url, token, "b", enrolled, CLOCK))
        .hasMessage("this token is for another host");
    CertificateCalls.enrol(url, token, "a", enrolled, CLOCK);
    Credentials credentials = Credentials.open(enrolled);
    assertThat(credentials.identity()).isEqualTo(new Identity(Role.HOST, "a"));
    client(credentials).report(report("a"));
    assertThatThrownBy(() -> CertificateCalls.enrol(url, token, "a", enrolled, CLOCK))
        .hasMessage("this token has been used, by a");
  }

  private EnrolmentToken token(String host, Duration valid) throws IOException {
    return new Tokens(folder.resolve("ca"), CLOCK).make(host, valid, authority.certificate());
  }

  @Test
  void anExpiredOrUnknownTokenIsRefused() throws Exception {
    Path enrolled = folder.resolve("enrolled");
    assertThatThrownBy(
            () ->
                CertificateCalls.enrol(
                    url, token("a", Duration.ofMinutes(-1)), "a", enrolled, CLOCK))
        .hasMessageContaining("this token expired at ");
    EnrolmentToken unknown =
        new Tokens(folder.resolve("other"), CLOCK)
            .make("a", Duration.ofHours(1), authority.certificate());
    assertThatThrownBy(() -> CertificateCalls.enrol(url, unknown, "a", enrolled, CLOCK))
        .hasMessage("this token is unknown to the master's CA");
  }

  @Test
  void aHostDoesNotEnrolAtAMasterOfAnotherAuthority() throws Exception {
    CertificateAuthority other = CertificateAuthority.init(folder.resolve("other"), "test", CLOCK);
    EnrolmentToken token =
        new Tokens(folder.resolve("other"), CLOCK)
            .make("a", Duration.ofHours(1), other.certificate());
    assertThatThrownBy(
            () -> CertificateCalls.enrol(url, token, "a", folder.resolve("enrolled"), CLOCK))
        .hasMessageContaining("it is of another CA than the token");
  }

  @Test
  void aCertificateIsRenewedForItsBearer() throws Exception {
    Credentials credentials = credentials(authority, Role.HOST, "a", Duration.ofMinutes(1));
    BigInteger before = credentials.certificate().getSerialNumber();
    CertificateCalls.renew(credentials, client(credentials)::renew);
    Credentials renewed = Credentials.open(credentials.folder());
    assertThat(renewed.identity()).isEqualTo(credentials.identity());
    assertThat(renewed.certificate().getSerialNumber()).isNotEqualTo(before);
    assertThat(renewed.certificate().getNotAfter().toInstant())
        .isAfter(CLOCK.instant().plus(Duration.ofDays(29)));
  }
}
