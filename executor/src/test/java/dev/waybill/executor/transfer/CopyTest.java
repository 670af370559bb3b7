package dev.waybill.executor.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.executor.Sample;
import dev.waybill.executor.Stores;
import dev.waybill.executor.serve.DataPlane;
import dev.waybill.executor.serve.StreamListener;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyOutcome.Failed;
import dev.waybill.model.protocol.CopyOutcome.Reason;
import dev.waybill.model.protocol.CopyOutcome.Succeeded;
import dev.waybill.runtime.http.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real data planes on loopback.
 *
 * <pre>
 *   store of s --(blocks)--> copies of r --> store of r --(blocks)--> copies of t --> store of t
 * </pre>
 */
class CopyTest {
  private static final double UNLIMITED = 1e12;

  @TempDir Path dir;

  private final RecordingListener atR = new RecordingListener();
  private final RecordingListener atT = new RecordingListener();
  private final List<String> suspects = new CopyOnWriteArrayList<>();
  private final List<Long> brokenOff = new CopyOnWriteArrayList<>();
  private BlockStore s;
  private BlockStore r;
  private BlockStore t;
  private DataPlane serverOfS;
  private DataPlane serverOfR;
  private Copies copiesOfR;
  private Copies copiesOfT;

  @BeforeEach
  void start() throws IOException {
    s = store("s");
    r = store("r");
    t = store("t");
    serverOfS = DataPlane.of(s, listener());
    serverOfR = DataPlane.of(r, (file, block) -> {});
    copiesOfR = new Copies("r", r, serverOfR.wires(), new Buffers(), Duration.ofSeconds(5), atR);
    copiesOfT = new Copies("t", t, serverOfR.wires(), new Buffers(), Duration.ofSeconds(5), atT);
  }

  @AfterEach
  void stop() throws IOException {
    copiesOfR.close();
    copiesOfT.close();
    serverOfS.close();
    serverOfR.close();
    s.close();
    r.close();
    t.close();
  }

  private BlockStore store(String name) throws IOException {
    return Stores.open(dir.resolve(name));
  }

  private static CopyOrder order(
      Sample sample, String from, DataPlane server, int first, int last, double rate) {
    return new CopyOrder(1, sample.id(), from, server.address().toString(), first, last, rate);
  }

  private void open(Sample sample, int first, int last) {
    copiesOfR.open(order(sample, "s", serverOfS, first, last, UNLIMITED), BlockSet.of(first, last));
  }

  private void assertFailed(CopyOutcome outcome, Reason reason, int block, String... blamed) {
    assertThat(outcome).isInstanceOf(Failed.class);
    Failed failed = (Failed) outcome;
    assertThat(failed.reason()).as(failed.detail()).isEqualTo(reason);
    assertThat(failed.block()).isEqualTo(block);
    assertThat(failed.blamed()).containsExactly(blamed);
  }

  @Test
  void aWholeFileArrivesVerifiedAndDurable() throws Exception {
    Sample sample = Sample.of("dir/a b@2".replace(' ', '+'), 20_000_123, 1 << 20, 1);
    sample.storeDurablyIn(sample.openedIn(s), 0, sample.blocks() - 1);
    StoredFile received = sample.openedIn(r);
    open(sample, 0, sample.blocks() - 1);
    assertThat(atR.outcome()).isInstanceOf(Succeeded.class);
    assertThat(received.whole()).isTrue();
    r.publish(sample.id());
    assertThat(dir.resolve("r/files/dir/a+b")).hasBinaryContent(sample.bytes());
  }

  @Test
  void blocksThatAreHeldAlreadyAreSkippedAndTheRestArrives() throws Exception {
    Sample sample = Sample.of("a@1", 100_500, 1000, 2);
    sample.storeDurablyIn(sample.openedIn(s), 0, 100);
    StoredFile received = sample.openedIn(r);
    sample.storeDurablyIn(received, 10, 20);
    BlockSet missing = BlockSet.prefix(101).minus(BlockSet.of(10, 20));
    copiesOfR.open(order(sample, "s", serverOfS, 0, 100, UNLIMITED), missing);
    assertThat(atR.outcome()).isInstanceOf(Succeeded.class);
    assertThat(received.whole()).isTrue();
  }

  @Test
  void aStreamFollowsTheDataThroughAForwardingHost() throws Exception {
    Sample sample = Sample.of("a@1", 50_000, 10_000, 3);
    StoredFile source = sample.openedIn(s);
    StoredFile middle = sample.openedIn(r);
    StoredFile end = sample.openedIn(t);
    open(sample, 0, 4);
    copiesOfT.open(order(sample, "r", serverOfR, 0, 4, UNLIMITED), BlockSet.prefix(5));
    try (StoredFile.Expected expected = source.expect(BlockSet.prefix(5))) {
      for (int i = 0; i < 5; i++) {
        int block = i;
        sample.storeIn(source, i, i);
        await().atMost(20, SECONDS).until(() -> end.isVerified(block));
        assertThat(middle.isVerified(block)).isTrue();
        assertThat(source.isVerified(block + 1)).isFalse();
      }
    }
    assertThat(atR.outcome()).isInstanceOf(Succeeded.class);
    assertThat(atT.outcome()).isInstanceOf(Succeeded.class);
  }

  @Test
  void aBlockWaitsForItsChecksumAndForTheSizeWhereItIsShort() throws Exception {
    Sample sample = Sample.of("a@1", 2500, 1000, 4);
    sample.storeDurablyIn(sample.openedIn(s), 0, 2);
    StoredFile received = r.open(sample.id(), sample.blockSize());
    received.learn(sample.manifest(0, 1, false));
    atR.onWanted =
        () -> {
          try {
            boolean all = received.knownBlocks() == 3;
            received.learn(sample.manifest(0, 3, all));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };
    open(sample, 0, 2);
    assertThat(atR.outcome()).isInstanceOf(Succeeded.class);
    assertThat(received.whole()).isTrue();
  }

  @Test
  void aSenderThatDoesNotHaveTheFileRefusesAndIsBlamed() throws Exception {
    Sample sample = Sample.of("a@1", 2500, 1000, 5);
    sample.openedIn(r);
    open(sample, 1, 2);
    assertFailed(atR.outcome(), Reason.REFUSED, 1, "host:s");
  }

  @Test
  void aSenderThatWillNotHaveTheBlockRefuses() throws Exception {
    Sample sample = Sample.of("a@1", 2500, 1000, 5);
    sample.storeDurablyIn(sample.openedIn(s), 0, 0);
    StoredFile received = sample.openedIn(r);
    open(sample, 0, 2);
    assertFailed(atR.outcome(), Reason.REFUSED, 1, "host:s");
    assertThat(received.isVerified(0)).isTrue();
  }

  @Test
  void aBlockThatIsCorruptOnTheSendersDiskIsNeverHeldNorServedOn() throws Exception {
    Sample sample = Sample.of("a@1", 5000, 1000, 6);
    sample.storeDurablyIn(sample.openedIn(s), 0, 4);
    write(data("s"), 2500, new byte[] {1, 2, 3, 4});
    StoredFile received = sample.openedIn(r);
    sample.openedIn(t);
    copiesOfT.open(order(sample, "r", serverOfR, 0, 4, UNLIMITED), BlockSet.prefix(5));
    open(sample, 0, 4);
    assertFailed(atR.outcome(), Reason.CHECKSUM_DIFFERS, 2, "host:s");
    assertFailed(atT.outcome(), Reason.REFUSED, 2, "host:r");
    assertThat(received.isVerified(2)).isFalse();
    received.awaitDurable(BlockSet.prefix(2));
    assertThat(received.durable()).isEqualTo(BlockSet.prefix(2));
  }

  /** The lane of block 0 waits for it. */
  @Test
  void ofSeveralLanesTheOneThatGotTheCorruptBlockSaysWhichItIs() throws Exception {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    Sample sample = Sample.of("a@1", 32 << 20, 1 << 20, 9);
    sample.openedIn(s).origin(true);
    sample.storeDurablyIn(sample.openedIn(s), 1, 31);
    write(data("s"), 5 << 20, new byte[] {1, 2, 3, 4});
    StoredFile received = sample.openedIn(r);
    open(sample, 0, 31);
    assertFailed(atR.outcome(), Reason.CHECKSUM_DIFFERS, 5, "host:s");
    assertThat(received.isVerified(5)).isFalse();
    assertThat(received.isVerified(3)).isTrue();
  }

  @Test
  void aSenderThatCannotReadABlockRefusesAndSuspectsIt() throws Exception {
    Sample sample = Sample.of("a@1", 5000, 1000, 7);
    sample.storeDurablyIn(sample.openedIn(s), 0, 4);
    try (FileChannel channel = FileChannel.open(data("s"), StandardOpenOption.WRITE)) {
      channel.truncate(3500);
    }
    sample.openedIn(r);
    open(sample, 0, 4);
    assertFailed(atR.outcome(), Reason.REFUSED, 3, "host:s");
    assertThat(suspects).containsExactly("a@1 3");
  }

  @Test
  void aCopyThatIsClosedEndsWithoutAnOutcome() throws Exception {
    Sample sample = Sample.of("a@1", 1_000_000, 1000, 8);
    sample.storeDurablyIn(sample.openedIn(s), 0, 999);
    StoredFile received = sample.openedIn(r);
    copiesOfR.open(order(sample, "s", serverOfS, 0, 999, 20_000), BlockSet.prefix(1000));
    await().atMost(20, SECONDS).until(() -> received.isVerified(0));
    copiesOfR.close(1);
    copiesOfR.open(order(sample, "s", serverOfS, 0, 0, UNLIMITED), BlockSet.prefix(1));
    assertThat(atR.outcome()).isInstanceOf(Succeeded.class);
    assertThat(atR.quiet()).isTrue();
    await().atMost(20, SECONDS).untilAsserted(() -> assertThat(brokenOff).containsExactly(1L));
  }

  @Test
  void aReceiverThatTakesNothingIsReportedForAsLongAsItDoes() throws Exception {
    Sample sample = Sample.of("a@1", 20_000_123, 1 << 20, 9);
    sample.storeDurablyIn(sample.openedIn(s), 0, sample.blocks() - 1);
    HostPort at = serverOfS.address();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.port())) {
      String request =
          "GET /v1/blocks?file=a%%401&first=0&last=%d&stride=1&rate=1e12&copy=7 HTTP/1.0\r\n\r\n"
              .formatted(sample.blocks() - 1);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      await().atMost(20, SECONDS).until(() -> brokenOff.size() > 1);
      assertThat(socket.getInputStream().readAllBytes()).hasSizeGreaterThan(20_000_123);
    }
    assertThat(brokenOff).containsOnly(7L);
  }

  private StreamListener listener() {
    return new StreamListener() {
      @Override
      public void suspect(FileId file, int block) {
        suspects.add(file + " " + block);
      }

      @Override
      public void brokenOff(long copy) {
        brokenOff.add(copy);
      }
    };
  }

  private Path data(String host) throws IOException {
    try (Stream<Path> all = Files.walk(dir.resolve(host).resolve("store"))) {
      return all.filter(p -> p.endsWith("data")).findFirst().orElseThrow();
    }
  }

  private static void write(Path file, long at, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }
}
