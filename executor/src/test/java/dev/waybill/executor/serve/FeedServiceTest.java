package dev.waybill.executor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.executor.Sample;
import dev.waybill.executor.Stores;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.transfer.Frame;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Fed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedServiceTest {
  @TempDir Path dir;

  private final Sample sample = Sample.of("a@1", 4500, 1000, 1);
  private BlockStore store;
  private StoredFile file;
  private DataPlane server;

  @BeforeEach
  void start() throws IOException {
    store = Stores.open(dir);
    file = sample.openedIn(store);
    server = DataPlane.of(store, (id, block) -> {});
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    store.close();
  }

  private HttpResponse<byte[]> feed(byte[] frames) throws Exception {
    URI uri = URI.create("http://" + server.address() + "/v1/feed?file=a@1");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", Frame.MEDIA_TYPE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(frames))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private static Fed fed(HttpResponse<byte[]> response) throws Exception {
    return Messages.read(new ByteArrayInputStream(response.body()), "answer", Fed.class);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void blocksAreDurableWhenTheAnswerComesAndHeldOnesAreSkipped() throws Exception {
    file.origin(true);
    sample.storeDurablyIn(file, 1, 1);
    HttpResponse<byte[]> response = feed(sample.frames(0, 4));
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    assertThat(fed(response).stored()).isEqualTo(BlockSet.prefix(5));
    assertThat(file.durable()).isEqualTo(BlockSet.prefix(5));
  }

  @Test
  void aHostThatIsNoOriginRefuses() throws Exception {
    HttpResponse<byte[]> response = feed(sample.frames(0, 4));
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(text(response)).contains("this host is no origin of a@1");
    assertThat(file.durable()).isEqualTo(BlockSet.EMPTY);
  }

  @Test
  void aBlockThatDiffersIsRefusedAndThoseBeforeItStay() throws Exception {
    file.origin(true);
    byte[] frames = sample.frames(0, 4);
    frames[1009 + 9] ^= 1;
    HttpResponse<byte[]> response = feed(frames);
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(text(response)).contains("block 1 of a@1 differs from its checksum");
    file.awaitDurable(BlockSet.of(0, 0));
    assertThat(file.isVerified(1)).isFalse();
  }

  @Test
  void aStreamThatEndsWithoutSayingSoOrIsGarbageIsRefused() throws Exception {
    file.origin(true);
    byte[] frames = sample.frames(0, 1);
    assertThat(feed(Arrays.copyOf(frames, frames.length - 1)).statusCode()).isEqualTo(400);
    assertThat(feed(Arrays.copyOf(frames, frames.length - 200)).statusCode()).isEqualTo(400);
    assertThat(feed(new byte[] {'X', 1, 2}).statusCode()).isEqualTo(400);
  }
}
