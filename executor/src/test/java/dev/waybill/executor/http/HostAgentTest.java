package dev.waybill.executor.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.executor.Keys;
import dev.waybill.executor.Sample;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.protocol.BlockRef;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.runtime.http.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole executors, {@code o} (an origin) and {@code r}, with a master that a test speaks for. */
class HostAgentTest {
  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  @TempDir Path dir;

  private final Sample sample = Sample.of("d/a@1", 3_100_000, 100_000, 1);
  private MiniMaster master;
  private HostAgent o;
  private HostAgent r;

  @BeforeEach
  void start() throws IOException {
    master = new MiniMaster(ANY, Set.of("o", "r"));
    master.publish(sample);
    o = agent("o");
    r = agent("r");
  }

  @AfterEach
  void stop() throws IOException {
    o.close();
    r.close();
    master.close();
  }

  private HostAgent agent(String host) throws IOException {
    return agent(host, ManifestPolicy.OPEN);
  }

  private HostAgent agent(String host, ManifestPolicy policy) throws IOException {
    return HostAgent.start(
        new HostAgent.Settings(
            List.of(master.uri()), host, ANY, null, dir.resolve(host), null, policy));
  }

  private int feed(byte[] frames) throws Exception {
    URI uri = URI.create("http://" + o.address() + "/v1/feed?file=" + sample.id());
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(frames)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).statusCode();
  }

  private void orderOrigin(List<BlockRef> verify) {
    master.order("o", List.of(), List.of(sample.info(true)), verify);
  }

  private void orderCopy(long id, int first, int last, double rate) {
    await().atMost(20, SECONDS).until(() -> !master.addressOf("o").isEmpty());
    CopyOrder copy = new CopyOrder(id, sample.id(), "o", master.addressOf("o"), first, last, rate);
    master.order("r", List.of(copy), List.of(sample.info(false)), List.of());
  }

  private boolean hasSucceeded() {
    return master.outcomes().stream()
        .anyMatch(o -> o instanceof CopyOutcome.Succeeded s && s.id() == 1);
  }

  private static void awaitThat(java.util.concurrent.Callable<Boolean> condition) {
    await().atMost(30, SECONDS).until(condition);
  }

  @Test
  void aFileGoesFromThePublisherThroughTheOriginToTheOtherHost() throws Exception {
    orderOrigin(List.of());
    orderCopy(1, 0, sample.blocks() - 1, 1e9);
    assertThat(feed(sample.frames(0, sample.blocks() - 1))).isEqualTo(200);
    awaitThat(() -> master.published("r", sample.id()) && master.published("o", sample.id()));
    assertThat(master.held("r", sample.id())).isEqualTo(BlockSet.prefix(sample.blocks()));
    awaitThat(this::hasSucceeded);
    assertThat(dir.resolve("o/files/d/a")).hasBinaryContent(sample.bytes());
    assertThat(dir.resolve("r/files/d/a")).hasBinaryContent(sample.bytes());
  }

  @Test
  void aRestartedExecutorReportsWhatItHasAndGoesOn() throws Exception {
    orderOrigin(List.of());
    assertThat(feed(sample.frames(0, sample.blocks() - 1))).isEqualTo(200);
    orderCopy(1, 0, 9, 1e9);
    awaitThat(() -> master.held("r", sample.id()).equals(BlockSet.prefix(10)));
    r.close();
    r = agent("r");
    orderCopy(2, 0, sample.blocks() - 1, 1e9);
    awaitThat(() -> master.published("r", sample.id()));
    assertThat(dir.resolve("r/files/d/a")).hasBinaryContent(sample.bytes());
  }

  @Test
  void copiesGoOnWithoutAMasterAndAreReportedToTheNextOne() throws Exception {
    orderOrigin(List.of());
    assertThat(feed(sample.frames(0, sample.blocks() - 1))).isEqualTo(200);
    orderCopy(1, 0, sample.blocks() - 1, 2e6);
    awaitThat(() -> !master.held("r", sample.id()).isEmpty());
    HostPort address = master.address();
    master.close();
    awaitThat(() -> Files.exists(dir.resolve("r/files/d/a")));
    assertThat(dir.resolve("r/files/d/a")).hasBinaryContent(sample.bytes());
    master = new MiniMaster(address, Set.of("o", "r"));
    awaitThat(() -> master.published("r", sample.id()));
    awaitThat(this::hasSucceeded);
  }

  @Test
  void aBlockThatRotsAtTheOriginIsBlamedOnItAndGivenUpThere() throws Exception {
    orderOrigin(List.of());
    assertThat(feed(sample.frames(0, sample.blocks() - 1))).isEqualTo(200);
    awaitThat(() -> master.published("o", sample.id()));
    try (Stream<Path> all = Files.walk(dir.resolve("o/store"));
        FileChannel data =
            FileChannel.open(
                all.filter(p -> p.endsWith("data")).findFirst().orElseThrow(),
                StandardOpenOption.WRITE)) {
      data.write(ByteBuffer.allocate(10), 520_000);
    }
    orderCopy(1, 0, sample.blocks() - 1, 1e9);
    awaitThat(() -> !master.outcomes().isEmpty());
    CopyOutcome.Failed failed = (CopyOutcome.Failed) master.outcomes().get(0);
    assertThat(failed.reason()).isEqualTo(CopyOutcome.Reason.CHECKSUM_DIFFERS);
    assertThat(failed.block()).isEqualTo(5);
    assertThat(failed.blamed()).containsExactly("host:o");
    assertThat(master.held("r", sample.id()).contains(5)).isFalse();

    orderOrigin(List.of(new BlockRef(sample.id(), 5)));
    awaitThat(() -> !master.held("o", sample.id()).contains(5));
    assertThat(dir.resolve("o/files/d/a")).doesNotExist();
    assertThat(feed(sample.frames(5, 5))).isEqualTo(200);
    awaitThat(() -> master.published("o", sample.id()));
    orderCopy(2, 0, sample.blocks() - 1, 1e9);
    awaitThat(() -> master.published("r", sample.id()));
    assertThat(dir.resolve("r/files/d/a")).hasBinaryContent(sample.bytes());
  }

  @Test
  void aHostTakesNothingFromAMasterThatCantShowThePublishersSignature() throws Exception {
    Keys publisher = new Keys();
    orderOrigin(List.of());
    assertThat(feed(sample.frames(0, sample.blocks() - 1))).isEqualTo(200);
    r.close();
    r = agent("r", publisher.policy(false));
    master.sign(new Keys().sign(sample, sample.blocks()));
    orderCopy(1, 0, sample.blocks() - 1, 1e9);
    awaitThat(() -> "has a bad signature".equals(master.refusal("r", sample.id())));
    awaitThat(() -> !master.outcomes().isEmpty());
    CopyOutcome.Failed failed = (CopyOutcome.Failed) master.outcomes().get(0);
    assertThat(failed.blamed()).as("nobody").isEmpty();
    assertThat(failed.detail()).isEqualTo("d/a@1 has a bad signature");
    assertThat(master.held("r", sample.id()).isEmpty()).isTrue();

    master.sign(publisher.sign(sample, sample.blocks()));
    awaitThat(() -> master.refusal("r", sample.id()) == null);
    orderCopy(2, 0, sample.blocks() - 1, 1e9);
    awaitThat(() -> master.published("r", sample.id()));
    assertThat(dir.resolve("r/files/d/a")).hasBinaryContent(sample.bytes());
  }

  @Test
  void aHostThatTheMasterDoesNotKnowEnds() throws Exception {
    HostAgent stranger =
        HostAgent.start(
            new HostAgent.Settings(
                List.of(master.uri()), "stranger", ANY, null, dir.resolve("stranger"), null));
    try {
      assertThat(stranger.end().get(20, SECONDS)).isEqualTo("the master knows no host 'stranger'");
    } finally {
      stranger.close();
    }
  }
}
