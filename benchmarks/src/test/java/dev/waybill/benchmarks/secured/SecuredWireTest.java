package dev.waybill.benchmarks.secured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.benchmarks.Installation;
import dev.waybill.executor.wire.Wire;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.executor.wire.WireServer;
import dev.waybill.executor.wire.Wires;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.Peer;
import dev.waybill.runtime.identity.Role;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * The data plane with TLS: host a serves what it is sent, back to host b.
 *
 * <pre>
 *   b --- POST /echo ---> a       both of one authority, unless a test says otherwise
 * </pre>
 */
@Timeout(60)
class SecuredWireTest {
  private static final Duration TEN_YEARS = Duration.ofDays(3653);
  private static final byte[] HEAD = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private Installation installation;
  private Wires serving;
  private WireServer server;

  @BeforeEach
  void serve() throws IOException {
    logged.start();
    ((Logger) LoggerFactory.getLogger(Wires.class)).addAppender(logged);
    installation = new Installation(folder);
    serving = new Wires(open(installation.credentials(Role.HOST, "a")));
    server =
        WireServer.start(
            new HostPort("127.0.0.1", 0),
            serving,
            Map.of("POST /echo", SecuredWireTest::echo, "GET /who", SecuredWireTest::who),
            8);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    serving.close();
    ((Logger) LoggerFactory.getLogger(Wires.class)).detachAppender(logged);
  }

  private static Credentials open(Path folder) throws IOException {
    return Credentials.open(folder);
  }

  private static void echo(Object request, WireInput in, Wire out) throws IOException {
    Path copy = Files.createTempFile("echo", "");
    try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      while (true) {
        file.write(in.next(1 << 20));
      }
    } catch (EOFException e) {
      try (FileChannel file = FileChannel.open(copy)) {
        out.write(ByteBuffer.wrap(HEAD));
        out.send(file, 0, (int) file.size());
        out.finish();
      }
    } finally {
      Files.delete(copy);
    }
  }

  private static void who(Object request, WireInput in, Wire out) throws IOException {
    out.write(ByteBuffer.wrap(HEAD));
    out.write(ByteBuffer.wrap(out.peer().described().getBytes(StandardCharsets.UTF_8)));
    out.finish();
  }

  private String who(Credentials credentials) throws IOException {
    try (Wires wires = new Wires(credentials);
        Wire wire = wires.connect(server.address().toString(), "a")) {
      wire.patience(5000);
      wire.write(ByteBuffer.wrap("GET /who HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      WireInput in = new WireInput(wire, ByteBuffer.allocate(4096));
      assertThat(in.readHead().firstLine()).contains("200");
      return new String(in.readUpTo(1000), StandardCharsets.UTF_8);
    }
  }

  private void awaitLine(String pattern) {
    await()
        .untilAsserted(
            () ->
                assertThat(logged.list.stream().map(ILoggingEvent::getFormattedMessage))
                    .anyMatch(line -> line.matches(pattern)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16383, 16384, 16385, 100_000, 5_000_001})
  void whatIsSentIsWhatArrives(int bytes) throws Exception {
    byte[] sent = new byte[bytes];
    new Random(bytes).nextBytes(sent);
    try (Wires wires = new Wires(open(installation.credentials(Role.HOST, "b")));
        Wire wire = wires.connect(server.address().toString(), "a")) {
      wire.patience(10_000);
      String head = "POST /echo HTTP/1.0\r\nContent-Length: " + bytes + "\r\n\r\n";
      wire.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      wire.write(ByteBuffer.wrap(sent));
      // Smaller than a record, and larger than several.
      ByteBuffer buffer =
          bytes % 2 == 0 ? ByteBuffer.allocate(1000) : ByteBuffer.allocateDirect(256 << 10);
      WireInput in = new WireInput(wire, buffer);
      in.readHead();
      assertThat(in.readUpTo(Integer.MAX_VALUE)).isEqualTo(sent);
    }
  }

  @Test
  void aHandshakeThatTricklesInIsGivenUp() throws Exception {
    byte[] beginning = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(beginning);
      await()
          .atMost(Duration.ofSeconds(25))
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(() -> assertThatThrownBy(() -> out.write(0)).isNotNull());
    }
    awaitLine("127.0.0.1 is refused: .*");
  }

  @Test
  void eachSideKnowsTheOther() throws Exception {
    assertThat(who(open(installation.credentials(Role.HOST, "b")))).isEqualTo("waybill://host/b");
    assertThat(who(open(installation.credentials(Role.CLIENT, "c"))))
        .isEqualTo("waybill://client/c");
    try (Wires wires = new Wires(open(installation.credentials(Role.HOST, "b")));
        Wire wire = wires.connect(server.address().toString(), "a")) {
      assertThat(wire.peer()).isEqualTo(new Peer.Known(new Identity(Role.HOST, "a")));
    }
  }

  @Test
  void anotherHostAtTheAddressIsNotTakenForTheRightOne() throws Exception {
    try (Wires wires = new Wires(open(installation.credentials(Role.HOST, "b")))) {
      assertThatThrownBy(() -> wires.connect(server.address().toString(), "c"))
          .hasMessage("it is waybill://host/a, and not host c");
    }
  }

  @Test
  void anExpiredCertificateIsRefusedOnBothSidesInOneLine() throws Exception {
    Credentials expired =
        open(
            installation.credentials(
                Role.HOST, "b", Duration.ofMinutes(-1), installation.authorities()));
    assertThatThrownBy(() -> who(expired))
        .hasMessageContaining("the certificate of waybill://host/b expired at 20");
    awaitLine("127.0.0.1 is refused: the certificate of waybill://host/b expired at 20.*");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefusedInOneLine() throws Exception {
    Installation other = new Installation(folder.resolve("other"));
    Credentials stranger =
        open(other.credentials(Role.HOST, "b", Duration.ofDays(1), installation.authorities()));
    assertThatThrownBy(() -> who(stranger)).hasMessageContaining("host/b is from another CA");
    awaitLine("127.0.0.1 is refused: the certificate of waybill://host/b is from another CA");
  }

  @Test
  void whoBelievesAnotherAuthorityRefusesTheServer() throws Exception {
    Installation other = new Installation(folder.resolve("other"));
    Credentials stranger = open(other.credentials(Role.HOST, "b"));
    assertThatThrownBy(() -> who(stranger))
        .hasMessage("the certificate of waybill://host/a is from another CA");
    awaitLine("127.0.0.1 is refused: it refuses the certificate of this side; its log says why");
  }

  @Test
  void aClockTenYearsOffIsNamedInTheLine() throws Exception {
    Path b = installation.credentials(Role.HOST, "b");
    Credentials ahead = Credentials.open(b, Clock.offset(Clock.systemUTC(), TEN_YEARS));
    assertThatThrownBy(() -> who(ahead))
        .hasMessageMatching("the certificate of waybill://host/a expired at .*; here it is 20.*");
    Credentials behind = Credentials.open(b, Clock.offset(Clock.systemUTC(), TEN_YEARS.negated()));
    assertThatThrownBy(() -> who(behind))
        .hasMessageMatching("the certificate of waybill://host/a is not valid before .*; here .*");
  }

  @Test
  void plainHttpGetsNothing() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
      socket.setSoTimeout(5000);
      socket
          .getOutputStream()
          .write("GET /who HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).doesNotContain("HTTP");
    }
    awaitLine("127.0.0.1 is refused: it does not speak TLS");
  }

  @Test
  void keysRotateWithoutARestart() throws Exception {
    Path b = installation.credentials(Role.HOST, "b");
    Credentials credentials = open(b);
    who(credentials);
    installation.credentials(Role.HOST, "a");
    installation.credentials(Role.HOST, "b");
    BigInteger before = credentials.certificate().getSerialNumber();
    await()
        .untilAsserted(
            () -> {
              assertThat(who(credentials)).isEqualTo("waybill://host/b");
              assertThat(credentials.certificate().getSerialNumber()).isNotEqualTo(before);
            });
  }

  @Test
  void whatIsCutOffDoesNotLookLikeTheEnd() throws Exception {
    try (Wires wires = new Wires(open(installation.credentials(Role.HOST, "b")));
        Wire wire = wires.connect(server.address().toString(), "a")) {
      wire.patience(5000);
      server.close();
      assertThatThrownBy(() -> wire.read(ByteBuffer.allocate(100)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aPeerThatSaysNothingIsGivenUp() throws Exception {
    try (Wires wires = new Wires(open(installation.credentials(Role.HOST, "b")));
        Wire wire = wires.connect(server.address().toString(), "a")) {
      wire.patience(300);
      assertThatThrownBy(() -> wire.read(ByteBuffer.allocate(100)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aScannerDoesNotFillTheLog() throws Exception {
    for (int i = 0; i < 30; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
        socket
            .getOutputStream()
            .write(List.of("x", "yy").get(i % 2).getBytes(StandardCharsets.US_ASCII));
      }
    }
    awaitLine("127.0.0.1 is refused: .*");
    assertThat(logged.list).hasSizeLessThanOrEqualTo(3);
  }
}
