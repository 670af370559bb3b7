package dev.waybill.executor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.executor.Keys;
import dev.waybill.executor.Sample;
import dev.waybill.executor.Stores;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.protocol.ManifestPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which checksums count, of a version that its publisher signs. */
class StoredManifestTest {
  private static final Learned TAKEN = new Learned.Taken();
  private static final Learned KEPT = new Learned.Kept();
  private static final Learned BAD = new Learned.Refused("has a bad signature");

  @TempDir Path dir;

  private final Keys keys = new Keys();
  private final Sample sample = Sample.of("d/a@1", 9_500, 1000, 1);
  private BlockStore store;
  private StoredFile file;

  @BeforeEach
  void start() throws IOException {
    open(keys.policy(false));
  }

  private void open(ManifestPolicy policy) throws IOException {
    store = Stores.open(dir, policy);
    file = store.open(sample.id(), sample.blockSize());
  }

  private void reopen(ManifestPolicy policy) throws IOException {
    store.close();
    open(policy);
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
  }

  /** The blocks {@code from..to - 1}, with the size where the signature has one. */
  private ManifestPage page(int from, int to, @Nullable ManifestSignature signature) {
    ManifestPage p = sample.manifest(from, to, signature != null && signature.size() != null);
    return with(p, p.checksums(), signature);
  }

  private static ManifestPage with(
      ManifestPage p, List<Checksum> checksums, @Nullable ManifestSignature signature) {
    return new ManifestPage(p.file(), p.blockSize(), p.from(), checksums, p.size(), signature);
  }

  @Test
  void checksumsCountWhileTheFileGrowsOnceTheyAreSigned() throws IOException {
    assertThat(file.learn(page(0, 3, keys.sign(sample, 3)))).isEqualTo(TAKEN);
    assertThat(file.knownBlocks()).isEqualTo(3);
    assertThat(file.size()).isNull();
    assertThat(file.learn(page(3, 10, keys.sign(sample, 10)))).isEqualTo(TAKEN);
    assertThat(file.knownBlocks()).isEqualTo(10);
    assertThat(file.size()).isEqualTo(9_500);
  }

  @Test
  void pagesWaitForTheRestOfWhatIsSigned() throws IOException {
    ManifestSignature all = keys.sign(sample, 10);
    assertThat(file.learn(page(0, 4, all))).isEqualTo(KEPT);
    assertThat(file.knownBlocks()).isZero();
    assertThat(file.size()).isNull();
    assertThat(file.nextChecksum()).isEqualTo(4);
    assertThat(file.learn(page(4, 8, all))).isEqualTo(KEPT);
    assertThat(file.learn(page(8, 10, all))).isEqualTo(TAKEN);
    assertThat(file.knownBlocks()).isEqualTo(10);
    assertThat(file.size()).isEqualTo(9_500);
  }

  @Test
  void aTamperedChecksumIsRefusedAndTheRightOnesAreTakenLater() throws IOException {
    assertThat(file.learn(page(0, 3, keys.sign(sample, 3)))).isEqualTo(TAKEN);
    ManifestPage right = page(3, 10, keys.sign(sample, 10));
    List<Checksum> tampered = new ArrayList<>(right.checksums());
    tampered.set(2, sample.checksum(0));
    List<Checksum> swapped = new ArrayList<>(right.checksums());
    Collections.swap(swapped, 1, 4);
    for (List<Checksum> wrong : List.of(tampered, swapped)) {
      assertThat(file.learn(with(right, wrong, right.signature()))).isEqualTo(BAD);
      assertThat(file.refusal()).isEqualTo("has a bad signature");
      assertThat(file.knownBlocks()).isEqualTo(3);
      assertThat(file.nextChecksum()).isEqualTo(3);
      assertThat(file.size()).isNull();
    }
    assertThat(file.learn(right)).isEqualTo(TAKEN);
    assertThat(file.refusal()).isNull();
    assertThat(file.checksum(5)).isEqualTo(sample.checksum(5));
  }

  @Test
  void anEarlierPageThatWasWrongIsFoundOutAtTheEnd() throws IOException {
    ManifestSignature all = keys.sign(sample, 10);
    ManifestPage first = page(0, 4, all);
    List<Checksum> wrong = new ArrayList<>(first.checksums());
    wrong.set(0, sample.checksum(1));
    assertThat(file.learn(with(first, wrong, all))).isEqualTo(KEPT);
    assertThat(file.learn(page(4, 10, all))).isEqualTo(BAD);
    assertThat(file.nextChecksum()).as("from the beginning").isZero();
    assertThat(file.learn(page(0, 10, all))).isEqualTo(TAKEN);
  }

  @Test
  void whatIsNotSignedOrNotAnyMoreIsRefused() throws IOException {
    assertThat(file.learn(page(0, 3, null))).isEqualTo(new Learned.Refused("is not signed"));
    reopen(keys.policy(true));
    assertThat(file.learn(page(0, 3, null))).isEqualTo(TAKEN);
    assertThat(file.learn(page(3, 6, keys.sign(sample, 6)))).isEqualTo(TAKEN);
    Learned stripped = new Learned.Refused("was signed before, and is not any more");
    assertThat(file.learn(page(6, 10, null))).isEqualTo(stripped);
    reopen(keys.policy(true));
    assertThat(file.learn(page(6, 10, null))).as("after a restart").isEqualTo(stripped);
    assertThat(file.knownBlocks()).isEqualTo(6);
  }

  @Test
  void nothingBehindTheLastBlockThatIsSignedCounts() throws IOException {
    assertThat(file.learn(page(0, 8, keys.sign(sample, 5)))).isEqualTo(TAKEN);
    assertThat(file.knownBlocks()).isEqualTo(5);
    assertThat(file.nextChecksum()).isEqualTo(5);
  }

  @Test
  void anEndThatIsNotSignedIsNotTheEnd() throws IOException {
    Keys same = keys;
    ManifestSignature growing = same.sign(sample, 5);
    ManifestPage p = page(0, 5, growing);
    ManifestPage cut = new ManifestPage(p.file(), 1000, 0, p.checksums(), 5000L, growing);
    assertThat(file.learn(p)).isEqualTo(TAKEN);
    assertThat(file.learn(cut))
        .isEqualTo(new Learned.Refused("ends at 5000 bytes, and was signed to end at unknown"));
    assertThat(file.size()).isNull();
  }

  @Test
  void anotherPublishersSignatureIsRefused() throws IOException {
    assertThat(file.learn(page(0, 10, new Keys().sign(sample, 10)))).isEqualTo(BAD);
    Sample older =
        new Sample(dev.waybill.model.catalogue.FileId.parse("d/a@0"), sample.bytes(), 1000);
    assertThat(file.learn(page(0, 10, keys.sign(older, 10))))
        .as("another version's")
        .isEqualTo(BAD);
  }

  @Test
  void anOlderSignatureTakesNothingBack() throws IOException {
    assertThat(file.learn(page(0, 6, keys.sign(sample, 6)))).isEqualTo(TAKEN);
    assertThat(file.learn(page(3, 5, keys.sign(sample, 5)))).isEqualTo(KEPT);
    assertThat(file.knownBlocks()).isEqualTo(6);
    ManifestSignature all = keys.sign(sample, 10);
    assertThat(file.learn(page(6, 9, all))).isEqualTo(KEPT);
    assertThat(file.learn(page(9, 9, keys.sign(sample, 8)))).as("shorter").isEqualTo(KEPT);
    assertThat(file.nextChecksum()).isEqualTo(6);
    assertThat(file.learn(page(6, 10, all))).isEqualTo(TAKEN);
  }

  @Test
  void aRestartFetchesNothingAgainAndCountsOnlyWhatWasVerified() throws IOException {
    ManifestSignature all = keys.sign(sample, 10);
    assertThat(file.learn(page(0, 4, keys.sign(sample, 4)))).isEqualTo(TAKEN);
    sample.storeDurablyIn(file, 0, 3);
    assertThat(file.learn(page(4, 8, all))).isEqualTo(KEPT);
    reopen(keys.policy(false));
    assertThat(file.knownBlocks()).isEqualTo(4);
    assertThat(file.nextChecksum()).isEqualTo(8);
    assertThat(file.durable()).isEqualTo(BlockSet.prefix(4));
    assertThat(file.learn(page(8, 10, all))).isEqualTo(TAKEN);
    assertThat(file.knownBlocks()).isEqualTo(10);
  }

  @Test
  void whatWaitedBeforeTheFirstSignatureDoesNotCountAfterARestart() throws IOException {
    assertThat(file.learn(page(0, 8, keys.sign(sample, 10)))).isEqualTo(KEPT);
    reopen(ManifestPolicy.OPEN);
    assertThat(file.knownBlocks()).isZero();
    assertThat(file.learn(page(0, 10, null))).isEqualTo(TAKEN);
    assertThat(file.knownBlocks()).isEqualTo(10);
    assertThat(file.checksum(9)).isEqualTo(sample.checksum(9));
  }

  @Test
  void whatWasTakenUnsignedIsVerifiedWithTheFirstSignature() throws IOException {
    reopen(ManifestPolicy.OPEN);
    ManifestPage p = page(0, 4, null);
    List<Checksum> wrong = new ArrayList<>(p.checksums());
    wrong.set(0, sample.checksum(1));
    assertThat(file.learn(with(p, wrong, null))).isEqualTo(TAKEN);
    reopen(keys.policy(false));
    assertThat(file.knownBlocks()).as("it stays").isEqualTo(4);
    assertThat(file.learn(page(4, 10, keys.sign(sample, 10)))).isEqualTo(BAD);
    assertThat(file.knownBlocks()).isEqualTo(4);
  }

  @Test
  void aManifestThatIsTornBehindItsSignatureIsLearntAgain() throws IOException {
    ManifestSignature all = keys.sign(sample, 10);
    assertThat(file.learn(page(0, 10, all))).isEqualTo(TAKEN);
    Path manifest;
    try (var paths = Files.walk(dir.resolve("store"))) {
      manifest = paths.filter(p -> p.endsWith("manifest")).findFirst().orElseThrow();
    }
    store.close();
    byte[] bytes = Files.readAllBytes(manifest);
    Files.write(manifest, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    open(keys.policy(false));
    assertThat(file.knownBlocks()).isEqualTo(5);
    ManifestPage rest = page(5, 10, all);
    List<Checksum> wrong = new ArrayList<>(rest.checksums());
    wrong.set(1, sample.checksum(0));
    assertThat(file.learn(with(rest, wrong, all))).as("the same signature").isEqualTo(BAD);
    assertThat(file.learn(rest)).isEqualTo(TAKEN);
    assertThat(file.knownBlocks()).isEqualTo(10);
  }
}
