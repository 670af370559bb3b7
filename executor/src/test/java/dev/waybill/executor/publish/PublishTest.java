package dev.waybill.executor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.executor.Keys;
import dev.waybill.executor.cli.Ran;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.client.PersistentMaster;
import dev.waybill.runtime.http.HostPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code publish} as a whole, against a catalogue and origins that speak the protocol. */
@Timeout(60)
final class PublishTest {
  private static final int BLOCK = 1000;

  @TempDir private Path folder;
  private CatalogueServer catalogue;
  private String url;
  private OriginServer origin;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    catalogue = new CatalogueServer();
    url = catalogue.url();
    origin = new OriginServer(catalogue).start();
    catalogue.origin("a", origin);
    file = folder.resolve("file.bin");
  }

  @AfterEach
  void stop() throws IOException {
    origin.close();
    catalogue.close();
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private Ran publish(String... more) {
    return Ran.command(words(file.toString(), more));
  }

  private String[] words(String path, String... more) {
    List<String> words = new ArrayList<>(List.of("publish", path));
    words.addAll(List.of("--master", url, "--as", "f", "--block-size", "" + BLOCK));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private CompletableFuture<Ran> publishing(String... more) {
    return CompletableFuture.supplyAsync(() -> publish(more));
  }

  private static List<Checksum> checksums(byte[] bytes, int blocks) {
    List<Checksum> all = new ArrayList<>();
    BlockLayout layout = new BlockLayout(bytes.length, BLOCK);
    for (int b = 0; b < blocks; b++) {
      all.add(Checksum.of(ByteBuffer.wrap(bytes, (int) layout.offset(b), (int) layout.length(b))));
    }
    return all;
  }

  private void giveBlocks(OriginServer to, String version, byte[] bytes, int... blocks) {
    BlockLayout layout = new BlockLayout(bytes.length, BLOCK);
    for (int b : blocks) {
      int from = (int) layout.offset(b);
      to.give(
          FileId.parse(version), b, Arrays.copyOfRange(bytes, from, from + (int) layout.length(b)));
    }
  }

  @ParameterizedTest(name = "{0} bytes in {1} blocks")
  @CsvSource({"0,0", "1,1", "999,1", "1000,1", "1001,2", "25000,25", "25300,26", "5000000,5000"})
  void aWholeFileArrivesBlockByBlock(int bytes, int blocks) throws IOException {
    Files.write(file, random(1, bytes));
    Ran ran = publish("--json");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out().replaceAll("\\s", ""))
        .startsWith(
            "{\"file\":\"f\",\"version\":1,\"blocks\":%d,\"bytes\":%d,".formatted(blocks, bytes));
    assertThat(origin.content("f@1")).isEqualTo(random(1, bytes));
    assertThat(catalogue.publicationOf("f@1").size()).isEqualTo(bytes);
    assertThat(catalogue.lastOpened().expectedSize()).isEqualTo(bytes);
    assertThat(origin.fed()).doesNotHaveDuplicates();
  }

  @Test
  void whatCopiesFromTheOriginWaitForIsHandedOverFirst() throws Exception {
    int blocks = 40_000;
    int awaited = blocks - 1000;
    origin.awaits(BlockSet.of(awaited, awaited));
    byte[] content = random(10, blocks * BLOCK);
    Files.write(file, content);
    Ran ran = publish();
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(origin.content("f@1")).isEqualTo(content);
    List<Integer> fed = origin.fed();
    assertThat(fed).doesNotHaveDuplicates();
    assertThat(fed.indexOf(awaited)).isLessThan(fed.indexOf(awaited - 1));
  }

  @Test
  void aGrowingFileIsPublishedBlockByBlockAndItsTailWhenItRests() throws Exception {
    byte[] content = random(2, 4500);
    Files.write(file, Arrays.copyOf(content, 2300));
    CompletableFuture<Ran> ran = publishing("--follow", "--idle", "1.5", "--expect-size", "4700");
    await()
        .until(() -> catalogue.isKnown("f@1") && catalogue.publicationOf("f@1").knownBlocks() == 2);
    await().until(() -> origin.content("f@1").length == 2000);
    assertThat(catalogue.publicationOf("f@1").size()).isNull();
    assertThat(catalogue.lastOpened().expectedSize()).isEqualTo(4700);
    Files.write(file, Arrays.copyOfRange(content, 2300, 4500), StandardOpenOption.APPEND);
    await().until(() -> origin.content("f@1").length == 4000);
    assertThat(ran.get().status()).isZero();
    assertThat(origin.content("f@1")).isEqualTo(content);
    assertThat(catalogue.publicationOf("f@1").size()).isEqualTo(4500);
  }

  @Test
  void aFileThatDoesNotGrowHasTheSizeThatItHas() throws Exception {
    Files.write(file, random(2, 4500));
    Ran ran = publish("--expect-size", "4500");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.line())
        .isEqualTo("waybill: --expect-size is for what grows; the size of this file is known");
  }

  @Test
  void aGrowingFileIsCompleteWhenSomebodySaysSo() throws Exception {
    Files.write(file, random(3, 2500));
    CompletableFuture<Ran> ran = publishing("--follow", "--idle", "3600");
    await().until(() -> origin.content("f@1").length == 2000);
    Ran said = Ran.command("publish", "--final", "--as", "f", "--master", catalogue.url());
    assertThat(said.status()).isZero();
    assertThat(ran.get().status()).isZero();
    assertThat(origin.content("f@1")).isEqualTo(random(3, 2500));
  }

  @Test
  void aFollowedFileThatShrinksIsRefused() throws Exception {
    Files.write(file, random(4, 2500));
    CompletableFuture<Ran> ran = publishing("--follow", "--idle", "3600");
    await().until(() -> origin.content("f@1").length == 2000);
    Files.write(file, random(4, 500));
    assertThat(ran.get().status()).isEqualTo(1);
    assertThat(ran.get().line())
        .isEqualTo("waybill: " + file + " has shrunk while it was being published");
  }

  @Test
  void standardInputIsPublishedAsItComes() throws Exception {
    byte[] content = random(5, 3300);
    PipedInputStream in = new PipedInputStream(1 << 16);
    CompletableFuture<Ran> ran = CompletableFuture.supplyAsync(() -> Ran.withInput(in, words("-")));
    try (PipedOutputStream out = new PipedOutputStream(in)) {
      out.write(content, 0, 1200);
      out.flush();
      await().until(() -> origin.content("f@1").length == 1000);
      out.write(content, 1200, 2100);
    }
    assertThat(ran.get().status()).isZero();
    assertThat(origin.content("f@1")).isEqualTo(content);
    assertThat(catalogue.publicationOf("f@1").size()).isEqualTo(3300);
  }

  @Test
  void standardInputLongerThanItsWindowReachesEveryOrigin() throws Exception {
    try (OriginServer second = new OriginServer(catalogue).start()) {
      catalogue.origin("b", second);
      second.breakAfter(700);
      byte[] content = random(6, 3_000_500);
      Ran ran = Ran.withInput(new ByteArrayInputStream(content), words("-"));
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(origin.content("f@1")).isEqualTo(content);
      assertThat(second.content("f@1")).isEqualTo(content);
    }
  }

  @Test
  void standardInputGoesOnWhereTheMasterHasNotHeardYetWhatABrokenOriginHolds() throws Exception {
    origin.reportsNothing();
    origin.breakAfter(1700);
    byte[] content = random(14, 5_000_500);
    Ran ran = Ran.withInput(new ByteArrayInputStream(content), words("-"));
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(origin.content("f@1")).isEqualTo(content);
  }

  @Test
  void standardInputGoesOnWithTheUnfinishedVersionOfTheSameContent() throws Exception {
    byte[] content = random(7, 5500);
    catalogue.seed("f@4", BLOCK, checksums(content, 3), null);
    giveBlocks(origin, "f@4", content, 0, 1);
    Ran ran = Ran.withInput(new ByteArrayInputStream(content), words("-"));
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(origin.content("f@4")).isEqualTo(content);
    assertThat(origin.fed()).containsExactlyInAnyOrder(2, 3, 4, 5);
  }

  @Test
  void standardInputThatTurnsOutToBeDifferentIsRefused() throws Exception {
    byte[] content = random(8, 5500);
    catalogue.seed("f@4", BLOCK, checksums(content, 4), null);
    content[3500]++;
    Ran ran = Ran.withInput(new ByteArrayInputStream(content), words("-"));
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.line())
        .isEqualTo("waybill: f@4 was published with other content: block 3 is another one");
  }

  @Test
  void anInterruptedPublicationGoesOnWithWhatTheOriginLacks() throws Exception {
    byte[] content = random(9, 10_500);
    Files.write(file, content);
    catalogue.seed("f@7", BLOCK, checksums(content, 5), null);
    giveBlocks(origin, "f@7", content, 0, 1, 3);
    Ran ran = publish("--block-size", "4096");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(origin.content("f@7")).isEqualTo(content);
    assertThat(origin.fed()).containsExactlyInAnyOrder(2, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void aPublicationThatWasAnnouncedButNotFedGoesOn() throws Exception {
    byte[] content = random(10, 2500);
    Files.write(file, content);
    catalogue.seed("f@7", BLOCK, checksums(content, 3), 2500L);
    Ran ran = publish();
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(origin.content("f@7")).isEqualTo(content);
  }

  @Test
  void otherContentBecomesTheNextVersion() throws Exception {
    byte[] content = random(11, 3500);
    catalogue.seed("f@7", BLOCK, checksums(content, 3), null);
    content[2999]++;
    Files.write(file, content);
    Ran ran = publish();
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(origin.content("f@8")).isEqualTo(content);
  }

  @Test
  void theSameContentAgainBecomesTheNextVersionOnceItIsFinished() throws Exception {
    Files.write(file, random(12, 3500));
    assertThat(publish().status()).isZero();
    assertThat(publish().status()).isZero();
    assertThat(origin.content("f@2")).isEqualTo(random(12, 3500));
  }

  @Test
  void aVersionWithOtherContentIsRefused() throws Exception {
    catalogue.seed("f@7", BLOCK, checksums(random(13, 3000), 3), null);
    Files.write(file, random(14, 3000));
    Ran ran = publish("--version", "7");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.line())
        .isEqualTo("waybill: f@7 was published with other content: block 0 is another one");
    assertThat(origin.fed()).isEmpty();
  }

  @Test
  void aFinishedVersionIsRefusedWhereThereIsMore() throws Exception {
    catalogue.seed("f@7", BLOCK, checksums(random(15, 3000), 3), 3000L);
    byte[] longer = Arrays.copyOf(random(15, 3000), 3001);
    Files.write(file, longer);
    Ran ran = publish("--version", "7");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.line()).contains("it is complete with 3000 bytes");
  }

  @Test
  void aLowerVersionIsRefused() throws Exception {
    catalogue.seed("f@7", BLOCK, List.of(), null);
    Files.write(file, random(16, 10));
    Ran ran = publish("--version", "6");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.line()).isEqualTo("waybill: f@6 is older than the newest, 7");
  }

  @Test
  void anOriginThatComesLateIsWaitedFor() throws Exception {
    try (OriginServer late = new OriginServer(catalogue)) {
      catalogue.origin("late", late);
      Files.write(file, random(17, 4200));
      CompletableFuture<Ran> ran = publishing();
      await().until(() -> origin.content("f@1").length == 4200);
      Thread.sleep(5000);
      late.start();
      assertThat(ran.get().status()).isZero();
      assertThat(ran.get().err()).contains("origin late: has not reported to the master yet");
      assertThat(late.content("f@1")).isEqualTo(random(17, 4200));
    }
  }

  @Test
  void anOriginThatBreaksOffIsFedWhatItLacks() throws Exception {
    origin.breakAfter(3);
    Files.write(file, random(18, 8000));
    Ran ran = publish();
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(origin.content("f@1")).isEqualTo(random(18, 8000));
    assertThat(origin.fed()).doesNotHaveDuplicates();
  }

  @Test
  void severalOriginsGetWhatEachOfThemLacks() throws Exception {
    try (OriginServer second = new OriginServer(catalogue).start()) {
      catalogue.origin("b", second);
      byte[] content = random(19, 6000);
      Files.write(file, content);
      catalogue.seed("f@1", BLOCK, checksums(content, 6), null);
      giveBlocks(origin, "f@1", content, 0, 2);
      giveBlocks(second, "f@1", content, 1, 5);
      assertThat(publish("--to", "a,b").status()).isZero();
      assertThat(catalogue.lastOpened().origins()).containsExactly("a", "b");
      assertThat(origin.fed()).containsExactlyInAnyOrder(1, 3, 4, 5);
      assertThat(second.fed()).containsExactlyInAnyOrder(0, 2, 3, 4);
    }
  }

  @Test
  void aMasterThatComesLateIsWaitedFor() throws Exception {
    Files.write(file, random(20, 1500));
    HostPort address = catalogue.address();
    catalogue.close();
    CompletableFuture<Ran> ran = publishing("--wait");
    Thread.sleep(700);
    catalogue = new CatalogueServer(address);
    try (OriginServer again = new OriginServer(catalogue).start()) {
      catalogue.origin("a", again);
      assertThat(ran.get().status()).as(ran.get().err()).isZero();
      assertThat(ran.get().err()).contains("can't be reached").contains("the master answers");
      assertThat(again.content("f@1")).isEqualTo(random(20, 1500));
    }
  }

  @Test
  void aFileThatIsWrittenToMeanwhileIsRefused() throws Exception {
    Files.write(file, random(21, 4000));
    origin.close();
    CompletableFuture<Ran> ran = publishing();
    await().until(() -> catalogue.isKnown("f@1") && catalogue.publicationOf("f@1").size() != null);
    Files.write(file, random(22, 4000));
    origin.start();
    assertThat(ran.get(30, java.util.concurrent.TimeUnit.SECONDS).status()).isEqualTo(1);
    assertThat(ran.get().err()).contains("has changed while it was being published");
    assertThat(origin.fed()).isEmpty();
  }

  @Test
  void memoryOfAStreamIsBounded() throws Exception {
    StreamBlocks blocks = new StreamBlocks(new ByteArrayInputStream(new byte[1 << 20]), 16);
    CompletableFuture<Integer> made =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                int n = 0;
                while (blocks.advance() > 0) {
                  n++;
                }
                return n;
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> canRead(blocks, 1023));
    await().during(Duration.ofMillis(100)).until(() -> !canRead(blocks, 1024));
    blocks.release(1);
    await().until(() -> canRead(blocks, 1024));
    assertThat(made).isNotDone();
  }

  private static boolean canRead(StreamBlocks blocks, int block) {
    try {
      return blocks.length(block) == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void publishSigned(Keys keys, Content content) throws Exception {
    PersistentMaster master =
        new PersistentMaster(new MasterClient(List.of(URI.create(url))), notice -> {});
    PublishRequest request = new PublishRequest("f", null, (long) BLOCK, null, List.of());
    try (Publisher publisher = Publisher.open(master, request, content, null, keys, notice -> {})) {
      publisher.run();
    }
  }

  /** Every announcement is signed over all blocks up to its last, and the opening is too. */
  private void assertSigned(Keys keys, byte[] content) {
    ManifestPolicy policy = keys.policy(false);
    OpenPublication opened = catalogue.lastOpened();
    assertThat(policy.objection(opened.hash(), null, opened.signature(), false)).isNull();
    BlockLayout layout = new BlockLayout(content.length, BLOCK);
    ManifestHash start = ManifestHash.start(FileId.parse("f@1"), BLOCK);
    assertThat(catalogue.announced()).isNotEmpty();
    for (AnnounceBlocks a : catalogue.announced()) {
      int end = a.from() + a.checksums().size();
      ManifestHash hash = start.plus(checksums(content, end));
      assertThat(policy.objection(hash, a.finalSize(), a.signature(), true)).isNull();
    }
    AnnounceBlocks last = catalogue.announced().get(catalogue.announced().size() - 1);
    assertThat(last.finalSize()).isEqualTo(content.length);
    assertThat(last.signature().blocks()).isEqualTo(layout.blockCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 25_300, 9_000_000})
  void whatIsAnnouncedIsSignedUpToItsLastBlock(int bytes) throws Exception {
    Keys keys = new Keys();
    Files.write(file, random(9, bytes));
    publishSigned(keys, new Content.PlainFile(file, bytes));
    assertSigned(keys, random(9, bytes));
    assertThat(origin.content("f@1")).isEqualTo(random(9, bytes));
  }

  @Test
  void aStreamIsSignedAsItComes() throws Exception {
    Keys keys = new Keys();
    byte[] content = random(10, 7_700);
    publishSigned(
        keys, new Content.Stream(new BufferedInputStream(new ByteArrayInputStream(content))));
    assertSigned(keys, content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoGoesOnSignsAlsoWhatHasBeenAnnouncedBefore(boolean wasWhole) throws Exception {
    Keys keys = new Keys();
    byte[] content = random(11, 9_500);
    Files.write(file, content);
    catalogue.seed("f@1", BLOCK, checksums(content, wasWhole ? 10 : 6), wasWhole ? 9_500L : null);
    publishSigned(keys, new Content.PlainFile(file, 9_500));
    assertThat(catalogue.announced().get(0).from()).isEqualTo(wasWhole ? 10 : 6);
    assertSigned(keys, content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoSignsWhatIsKnownDoesNotWaitForAnOriginThatWaitsForTheSignature(boolean wasWhole)
      throws Exception {
    int bytes = (Lead.atFirst(BLOCK) + 1000) * BLOCK;
    byte[] content = random(13, bytes);
    Files.write(file, content);
    int known = wasWhole ? bytes / BLOCK : Lead.atFirst(BLOCK) + 10;
    catalogue.seed("f@1", BLOCK, checksums(content, known), wasWhole ? (long) bytes : null);
    origin.demandsSignatures();
    publishSigned(new Keys(), new Content.PlainFile(file, bytes));
    assertThat(origin.content("f@1")).isEqualTo(content);
  }

  @Test
  void aMasterThatOpensAnotherFileGetsNoSignatureOfIt() throws Exception {
    Files.write(file, random(12, 100));
    catalogue.openInstead("g@1");
    assertThatThrownBy(() -> publishSigned(new Keys(), new Content.PlainFile(file, 100)))
        .hasMessage("the master opened g@1, which was not asked for");
    assertThat(catalogue.announced()).isEmpty();
  }
}
