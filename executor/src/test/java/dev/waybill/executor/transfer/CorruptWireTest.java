package dev.waybill.executor.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.executor.Sample;
import dev.waybill.executor.Stores;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome.Failed;
import dev.waybill.model.protocol.CopyOutcome.Reason;
import dev.waybill.model.protocol.CopyOutcome.Succeeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of blocks 0 to 3 from a peer that sends whatever a test makes it send. */
class CorruptWireTest {
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n".getBytes(US_ASCII);

  @TempDir Path dir;

  private final Sample sample = Sample.of("a@1", 4000, 1000, 1);
  private final RecordingListener listener = new RecordingListener();
  private final Wires wires = new Wires();
  private BlockStore store;
  private StoredFile file;
  private Copies copies;

  /** Whether the peer goes on with a byte now and then. */
  private volatile boolean trickle;

  @BeforeEach
  void start() throws IOException {
    store = Stores.open(dir);
    file = sample.openedIn(store);
    copies = new Copies("r", store, wires, new Buffers(), Duration.ofMillis(500), listener);
  }

  @AfterEach
  void stop() throws IOException {
    copies.close();
    wires.close();
    store.close();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** Runs the copy against a peer that sends {@code bytes} and then keeps silent or closes. */
  private Object outcome(boolean thenSilent, byte[]... bytes) throws Exception {
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(peer, thenSilent, join(bytes)));
      thread.setDaemon(true);
      thread.start();
      copies.open(order("127.0.0.1:" + peer.getLocalPort()), BlockSet.prefix(4));
      return listener.outcome();
    }
  }

  private CopyOrder order(String address) {
    return new CopyOrder(1, sample.id(), "s", address, 0, 3, 1e9);
  }

  private void serve(ServerSocket peer, boolean thenSilent, byte[] bytes) {
    try (Socket socket = peer.accept()) {
      byte[] request = new byte[4096];
      assertThat(socket.getInputStream().read(request)).isPositive();
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      while (trickle) {
        socket.getOutputStream().write(0);
        Thread.sleep(50);
      }
      if (thenSilent) {
        assertThat(socket.getInputStream().read()).isNegative();
      }
    } catch (IOException | InterruptedException e) {
      // The receiver has had enough.
    }
  }

  private void assertFailed(Object outcome, Reason reason, int block, int held) {
    assertThat(outcome).isInstanceOf(Failed.class);
    Failed failed = (Failed) outcome;
    assertThat(failed.reason()).as(failed.detail()).isEqualTo(reason);
    assertThat(failed.block()).isEqualTo(block);
    assertThat(failed.blamed()).containsExactly("host:s");
    for (int i = 0; i < 4; i++) {
      assertThat(file.isVerified(i)).as("block %d", i).isEqualTo(i < held);
    }
  }

  private byte[] twoBlocks() {
    byte[] frames = sample.frames(0, 1);
    return Arrays.copyOf(frames, frames.length - 1);
  }

  @Test
  void rightBytesSucceed() throws Exception {
    byte[] waiting = new Frame.Waiting().encode().array();
    assertThat(outcome(true, HEAD, waiting, waiting, sample.frames(0, 3)))
        .isInstanceOf(Succeeded.class);
    assertThat(listener.waits).containsExactly("waits for 0", "sends");
  }

  @Test
  void aBlockWithAWrongByteIsDropped() throws Exception {
    byte[] frames = sample.frames(0, 3);
    frames[1009 + 9 + 500] ^= 1;
    assertFailed(outcome(false, HEAD, frames), Reason.CHECKSUM_DIFFERS, 1, 1);
  }

  @Test
  void garbageInsteadOfAFrame() throws Exception {
    byte[] garbage = "garbage".getBytes(US_ASCII);
    assertFailed(outcome(true, HEAD, twoBlocks(), garbage), Reason.BROKEN, 2, 2);
  }

  @Test
  void garbageInsteadOfHttp() throws Exception {
    byte[] garbage = "SSH-2.0-hello\r\n\r\n".getBytes(US_ASCII);
    assertFailed(outcome(true, garbage), Reason.BROKEN, 0, 0);
  }

  @Test
  void aHeadWithoutAnEnd() throws Exception {
    assertFailed(outcome(true, new byte[100_000]), Reason.BROKEN, 0, 0);
  }

  @Test
  void nothingAtAll() throws Exception {
    assertFailed(outcome(true), Reason.TIMED_OUT, 0, 0);
  }

  @Test
  void silenceWithinABlock() throws Exception {
    byte[] part = Arrays.copyOf(sample.frames(2, 2), 300);
    assertFailed(outcome(true, HEAD, twoBlocks(), part), Reason.TIMED_OUT, 2, 2);
  }

  @Test
  void aBlockThatTricklesInAndNeverEnds() throws Exception {
    byte[] part = Arrays.copyOf(sample.frames(2, 2), 300);
    trickle = true;
    Object outcome = outcome(true, HEAD, twoBlocks(), part);
    assertFailed(outcome, Reason.TIMED_OUT, 2, 2);
    assertThat(((Failed) outcome).detail()).isEqualTo("s: what it sends comes too slowly");
  }

  @Test
  void aConnectionThatEndsWithinABlock() throws Exception {
    byte[] part = Arrays.copyOf(sample.frames(2, 2), 300);
    assertFailed(outcome(false, HEAD, twoBlocks(), part), Reason.BROKEN, 2, 2);
  }

  @Test
  void anEndBeforeTheLastBlock() throws Exception {
    assertFailed(outcome(true, HEAD, sample.frames(0, 1)), Reason.BROKEN, 2, 2);
  }

  @Test
  void aBlockThatWasNotOrdered() throws Exception {
    assertFailed(outcome(true, HEAD, twoBlocks(), sample.frames(3, 3)), Reason.BROKEN, 2, 2);
  }

  @Test
  void aBlockMoreThanWasOrdered() throws Exception {
    byte[] all = sample.frames(0, 3);
    byte[] more = Arrays.copyOf(all, all.length - 1);
    assertFailed(outcome(true, HEAD, more, sample.frames(0, 0)), Reason.BROKEN, 4, 4);
  }

  @Test
  void aBlockOfAWrongLength() throws Exception {
    byte[] tooLong = join(new Frame.Block(0, 2_000_000_000).encode().array(), new byte[5000]);
    assertFailed(outcome(true, HEAD, tooLong), Reason.BROKEN, 0, 0);
  }

  @Test
  void aRefusalInTheStream() throws Exception {
    byte[] refused = new Frame.Refused("no").encode().array();
    assertFailed(outcome(true, HEAD, twoBlocks(), refused), Reason.REFUSED, 2, 2);
  }

  @Test
  void aRefusalInTheStatus() throws Exception {
    byte[] no = "HTTP/1.1 503 No\r\n\r\n{\"title\":".getBytes(US_ASCII);
    assertFailed(outcome(false, no), Reason.REFUSED, 0, 0);
  }

  @Test
  void nothingButThatItWaitsAgainAndAgain() throws Exception {
    Object outcome = outcome(true, HEAD, twoBlocks(), "W".repeat(1000).getBytes(US_ASCII));
    assertFailed(outcome, Reason.BROKEN, 2, 2);
    assertThat(((Failed) outcome).detail()).isEqualTo("it says again and again that it waits");
  }

  @Test
  void aRefusalThatWouldForgeLinesOfTheLog() throws Exception {
    byte[] refused = new Frame.Refused("no\nWARN all is \u001b[31mlost").encode().array();
    Object outcome = outcome(true, HEAD, refused);
    assertFailed(outcome, Reason.REFUSED, 0, 0);
    assertThat(((Failed) outcome).detail()).isEqualTo("no\\u000aWARN all is \\u001b[31mlost");
  }

  @Test
  void whateverFailsWithinTheExecutorIsAnOutcomeAndNobodysFault() throws Exception {
    store.close();
    store = Stores.open(dir.resolve("without"));
    file = store.open(sample.id(), 1000);
    copies.close();
    copies = new Copies("r", store, wires, new Buffers(), Duration.ofMillis(500), listener);
    listener.onWanted =
        () -> {
          throw new OutOfMemoryError("for a test");
        };
    Failed failed = (Failed) outcome(true, HEAD, sample.frames(0, 3));
    assertThat(failed.detail()).contains("OutOfMemoryError: for a test");
    assertThat(failed.blamed()).isEmpty();
  }

  @Test
  void nobodyThere() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    copies.open(order("127.0.0.1:" + port), BlockSet.prefix(4));
    assertFailed(listener.outcome(), Reason.UNREACHABLE, 0, 0);
  }
}
