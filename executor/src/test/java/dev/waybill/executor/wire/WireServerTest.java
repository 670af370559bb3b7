package dev.waybill.executor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.HostPort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The server of the data plane among peers that are no good. */
class WireServerTest {
  private static final int THREADS = 4;

  private final Logger log = (Logger) LoggerFactory.getLogger(Wires.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Wires wires = new Wires();
  private WireServer server;

  @BeforeEach
  void start() throws IOException {
    logged.start();
    log.addAppender(logged);
    Answer well = Answer.json("{}".getBytes(StandardCharsets.UTF_8));
    server =
        WireServer.start(
            new HostPort("127.0.0.1", 0),
            wires,
            Map.of("GET /v1/health", (request, in, out) -> WireServer.answer(out, well)),
            THREADS);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    wires.close();
    log.detachAppender(logged);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private String answerTo(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private void assertServes() throws IOException {
    assertThat(answerTo("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\n{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001garbage\r\n\r\n",
        "GET\r\n\r\n",
        "GET nowhere HTTP/1.1\r\n\r\n",
        "POST /v1/health HTTP/1.1\r\nContent-Length: -7\r\n\r\n",
        "POST /v1/health HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "GET /v1/health?a=%zz HTTP/1.1\r\n\r\n"
      })
  void whatIsNoRequestIsAnsweredWith400(String request) throws IOException {
    assertThat(answerTo(request)).startsWith("HTTP/1.1 400 ").contains("\"detail\"");
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getFormattedMessage()).startsWith("127.0.0.1 is refused: ");
    assertServes();
  }

  @Test
  void whatIsNotThereIsAnsweredWith404() throws IOException {
    assertThat(answerTo("GET /v2 HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void aHeadWithoutAnEndIsCutOff() throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      byte[] more = new byte[8 << 10];
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  out.write(more);
                }
              })
          .isInstanceOf(SocketException.class);
    }
    assertServes();
  }

  @Test
  void peersThatSayNothingTakeNoMoreThreadsThanThereAreAndGiveThemBackWhenTheyGo()
      throws Exception {
    Socket[] silent = new Socket[THREADS];
    for (int i = 0; i < silent.length; i++) {
      silent[i] = connect();
    }
    Thread.sleep(200);
    try (Socket more = connect()) {
      assertThat(more.getInputStream().read()).as("closed at once").isEqualTo(-1);
    }
    for (Socket socket : silent) {
      socket.close();
    }
    for (int i = 0; i < 100; i++) {
      try {
        assertServes();
        return;
      } catch (IOException | AssertionError e) {
        Thread.sleep(50);
      }
    }
    assertServes();
  }

  @Test
  void whoSendsAByteNowAndThenIsGivenUp() {
    WireInput in = new WireInput(into -> slowly(into), ByteBuffer.allocate(1024));
    in.within(100_000_000);
    assertThatThrownBy(in::readHead)
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("what it sends comes too slowly");
  }

  @Test
  void whatIsDoneInBetweenIsNotWaitedForThePeer() throws Exception {
    WireInput in = new WireInput(into -> much(into), ByteBuffer.allocate(1024));
    in.within(1_000_000_000);
    for (int i = 0; i < 3; i++) {
      assertThat(in.next(1024).remaining()).isPositive();
      Thread.sleep(600);
    }
  }

  @Test
  void whoSendsAByteEachTimeThatOneLooksIsGivenUp() {
    WireInput in = new WireInput(into -> one(into), ByteBuffer.allocate(1024));
    in.gather(() -> 5_000_000);
    in.within(100_000_000);
    assertThatThrownBy(in::readHead)
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("what it sends comes too slowly");
  }

  private static int one(ByteBuffer into) {
    into.put((byte) 'x');
    return 1;
  }

  @Test
  void whatIsReadGoesOnInALargerBuffer() throws Exception {
    byte[] sent = new byte[10_000];
    new Random(1).nextBytes(sent);
    ByteArrayInputStream all = new ByteArrayInputStream(sent);
    WireInput in = new WireInput(into -> some(all, into), ByteBuffer.allocate(100));
    byte[] first = in.readBytes(130);
    in.use(ByteBuffer.allocateDirect(4096));
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    got.writeBytes(first);
    got.writeBytes(in.readUpTo(sent.length));
    assertThat(got.toByteArray()).isEqualTo(sent);
  }

  private static int some(InputStream from, ByteBuffer into) throws IOException {
    byte[] bytes = from.readNBytes(Math.min(70, into.remaining()));
    into.put(bytes);
    return bytes.length == 0 ? -1 : bytes.length;
  }

  @Test
  void thereAreOnlySoManyBuffers() throws Exception {
    Buffers buffers = new Buffers(2);
    ByteBuffer first = buffers.take();
    assertThat(buffers.take()).isNotSameAs(first);
    assertThatThrownBy(buffers::take)
        .isInstanceOf(Buffers.NoneLeft.class)
        .hasMessage("2 streams come in here, and there is no room for another");
    buffers.giveBack(first);
    assertThat(buffers.take()).isSameAs(first);
  }

  @Test
  void aHeadOfSixteenKibibytesIsNone() {
    WireInput in = new WireInput(into -> much(into), ByteBuffer.allocate(1024));
    assertThatThrownBy(in::readHead).isInstanceOf(StreamCorruptedException.class);
  }

  private static int slowly(ByteBuffer into) throws IOException {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    into.put((byte) 'x');
    return 1;
  }

  private static int much(ByteBuffer into) {
    int n = into.remaining();
    while (into.hasRemaining()) {
      into.put((byte) 'x');
    }
    return n;
  }
}
