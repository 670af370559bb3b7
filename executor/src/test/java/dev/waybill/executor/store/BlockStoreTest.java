package dev.waybill.executor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.executor.Sample;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockStoreTest {
  @TempDir Path dir;

  private final List<String> heard = new ArrayList<>();
  private final StoreListener listener =
      new StoreListener() {
        @Override
        public synchronized void held(FileId file, BlockSet blocks) {
          heard.add("held " + file + " " + blocks);
        }

        @Override
        public synchronized void lost(FileId file, BlockSet blocks) {
          heard.add("lost " + file + " " + blocks);
        }
      };

  private BlockStore open() throws IOException {
    return BlockStore.open(dir, ManifestPolicy.OPEN, listener);
  }

  private StoredFile stored(BlockStore store, Sample sample) throws IOException {
    StoredFile file = store.open(sample.id(), sample.blockSize());
    file.learn(sample.manifest());
    return file;
  }

  private Path only(String name) throws IOException {
    try (Stream<Path> all = Files.walk(dir.resolve("store"))) {
      return all.filter(p -> p.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1)).flip();
      channel.write(one, at);
    }
  }

  private static byte[] read(StoredFile file, int block) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(file.length(block));
    file.read(block, 0, into);
    return into.array();
  }

  @Test
  void blocksSurviveAReopeningAndAreToldOnlyOnceDurable() throws IOException {
    Sample sample = Sample.of("a/b@3", 10_500, 1000, 1);
    try (BlockStore store = open()) {
      StoredFile file = stored(store, sample);
      sample.storeDurablyIn(file, 2, 4);
      assertThat(file.durable()).isEqualTo(BlockSet.of(2, 4));
      assertThat(String.join(";", heard)).contains("held a/b@3");
    }
    try (BlockStore store = open()) {
      StoredFile file = store.find(sample.id()).orElseThrow();
      assertThat(file.durable()).isEqualTo(BlockSet.of(2, 4));
      assertThat(file.size()).isEqualTo(10_500);
      assertThat(file.knownBlocks()).isEqualTo(11);
      assertThat(read(file, 3)).isEqualTo(sample.block(3));
    }
  }

  /** Without the wait, the first block would be durable only when its round has been gathered. */
  @Test
  void whatComesFasterThanTheDiskTakesItWaits() throws IOException {
    Sample sample = Sample.of("a@1", 3000, 1000, 2);
    try (BlockStore store = BlockStore.open(dir, ManifestPolicy.OPEN, listener, 1000)) {
      StoredFile file = stored(store, sample);
      try (BlockWriter w = file.begin(0, 1000, Checksum.newDigest()).orElseThrow()) {
        w.write(ByteBuffer.wrap(sample.block(0)));
        assertThat(w.finish()).isTrue();
      }
      assertThat(file.begin(1, 1000, Checksum.newDigest())).isPresent();
      assertThat(file.durable()).isEqualTo(BlockSet.of(0, 0));
    }
  }

  @Test
  void aBlockThatDiffersIsNotHeld() throws IOException {
    Sample sample = Sample.of("a@1", 3000, 1000, 2);
    try (BlockStore store = open()) {
      StoredFile file = stored(store, sample);
      try (BlockWriter w = file.begin(1, 1000, Checksum.newDigest()).orElseThrow()) {
        w.write(ByteBuffer.wrap(sample.block(2), 0, 1000));
        assertThat(w.finish()).isFalse();
      }
      assertThat(file.isVerified(1)).isFalse();
      sample.storeDurablyIn(file, 1, 1);
      assertThat(file.begin(1, 1000, Checksum.newDigest())).as("held already").isEmpty();
    }
  }

  @Test
  void aBlockThatIsCutShortIsNotHeld() throws IOException {
    Sample sample = Sample.of("a@1", 3000, 1000, 2);
    try (BlockStore store = open()) {
      StoredFile file = stored(store, sample);
      try (BlockWriter w = file.begin(1, 1000, Checksum.newDigest()).orElseThrow()) {
        w.write(ByteBuffer.wrap(sample.block(1), 0, 999));
        assertThat(w.finish()).isFalse();
      }
    }
  }

  @Test
  void aDataFileThatHasChangedOnDiskLosesItsBlockWhenReopened() throws IOException {
    Sample sample = Sample.of("a@1", 8000, 1000, 3);
    try (BlockStore store = open()) {
      sample.storeDurablyIn(stored(store, sample), 0, 7);
    }
    flip(only("data"), 5500);
    try (BlockStore store = open()) {
      StoredFile file = store.find(sample.id()).orElseThrow();
      assertThat(file.durable()).isEqualTo(BlockSet.prefix(8).minus(BlockSet.of(5, 5)));
      sample.storeDurablyIn(file, 5, 5);
    }
    try (BlockStore store = open()) {
      assertThat(store.find(sample.id()).orElseThrow().whole()).isTrue();
    }
  }

  @Test
  void aDataFileThatIsCutOffLosesTheBlocksBeyond() throws IOException {
    Sample sample = Sample.of("a@1", 8000, 1000, 3);
    try (BlockStore store = open()) {
      sample.storeDurablyIn(stored(store, sample), 0, 7);
    }
    try (FileChannel channel = FileChannel.open(only("data"), StandardOpenOption.WRITE)) {
      channel.truncate(4500);
    }
    try (BlockStore store = open()) {
      assertThat(store.find(sample.id()).orElseThrow().durable()).isEqualTo(BlockSet.prefix(4));
    }
  }

  /** Cuts and damages the ends of journal and manifest as a crash may. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void whateverACrashTearsWhatIsHeldAfterwardsIsRight(long seed) throws IOException {
    Random random = new Random(seed);
    Sample sample = Sample.of("a@1", 20_300, 1000, seed);
    try (BlockStore store = open()) {
      StoredFile file = stored(store, sample);
      for (int i = 0; i < sample.blocks(); i += 2) {
        sample.storeDurablyIn(file, i, i);
      }
    }
    for (String name : List.of("journal", "manifest")) {
      Path path = only(name);
      long size = Files.size(path);
      if (random.nextBoolean()) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.truncate(size - random.nextInt(40));
        }
      } else {
        Files.write(path, new byte[random.nextInt(40)], StandardOpenOption.APPEND);
      }
    }
    BitSet even = new BitSet();
    for (int i = 0; i < sample.blocks(); i += 2) {
      even.set(i);
    }
    try (BlockStore store = open()) {
      StoredFile file = store.find(sample.id()).orElseThrow();
      BlockSet held = file.durable();
      assertThat(held.minus(BlockSet.of(even)).isEmpty()).as("seed %d: %s", seed, held).isTrue();
      assertThat(held.count()).as("seed %d", seed).isGreaterThanOrEqualTo(11 - 5);
      held.forEach(
          block -> {
            try {
              assertThat(read(file, block)).isEqualTo(sample.block(block));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      file.learn(sample.manifest());
      BlockSet.prefix(sample.blocks())
          .minus(held)
          .forEach(
              block -> {
                try {
                  sample.storeIn(file, block, block);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      file.awaitDurable(BlockSet.prefix(sample.blocks()));
      store.publish(sample.id());
    }
    assertThat(dir.resolve("files/a")).hasBinaryContent(sample.bytes());
  }

  @Test
  void aWholeFileIsPublishedWithItsExactBytesAndNoPartOfItBefore() throws IOException {
    Sample sample = Sample.of("x/y/a@1", 4500, 1000, 4);
    try (BlockStore store = open()) {
      StoredFile file = stored(store, sample);
      sample.storeDurablyIn(file, 0, 3);
      assertThatThrownBy(() -> store.publish(sample.id())).isInstanceOf(DiskFailure.class);
      assertThat(dir.resolve("files/x")).doesNotExist();
      sample.storeDurablyIn(file, 4, 4);
      store.publish(sample.id());
      assertThat(dir.resolve("files/x/y/a")).hasBinaryContent(sample.bytes());
      try (Stream<Path> entries = Files.list(dir.resolve("files/x/y"))) {
        assertThat(entries).hasSize(1);
      }
    }
    try (BlockStore store = open()) {
      assertThat(store.find(sample.id()).orElseThrow().published()).isTrue();
    }
  }

  @Test
  void aFileOfSizeZeroIsPublished() throws IOException {
    Sample sample = Sample.of("empty@1", 0, 1000, 4);
    try (BlockStore store = open()) {
      StoredFile file = stored(store, sample);
      assertThat(file.whole()).isTrue();
      store.publish(sample.id());
    }
    assertThat(dir.resolve("files/empty")).isEmptyFile();
  }

  @Test
  void anOlderVersionNeverReplacesANewerOneWhicheverIsWholeFirst() throws IOException {
    Sample one = Sample.of("a@9", 1500, 1000, 5);
    Sample two = Sample.of("a@10", 2500, 1000, 6);
    try (BlockStore store = open()) {
      sampleWhole(store, two);
      store.publish(two.id());
      sampleWhole(store, one);
      store.publish(one.id());
      assertThat(dir.resolve("files/a")).hasBinaryContent(two.bytes());
    }
    try (BlockStore store = open()) {
      store.publish(one.id());
      assertThat(dir.resolve("files/a")).hasBinaryContent(two.bytes());
      Sample three = Sample.of("a@11", 10, 1000, 6);
      sampleWhole(store, three);
      store.publish(three.id());
      assertThat(dir.resolve("files/a")).hasBinaryContent(three.bytes());
    }
  }

  private void sampleWhole(BlockStore store, Sample sample) throws IOException {
    sample.storeDurablyIn(stored(store, sample), 0, sample.blocks() - 1);
  }

  @Test
  void namesThatClashAsFolderAndFileAreRefusedAndHarmNothing() throws IOException {
    Sample file = Sample.of("a@1", 1500, 1000, 7);
    Sample beneath = Sample.of("a/b@1", 1500, 1000, 8);
    try (BlockStore store = open()) {
      sampleWhole(store, file);
      sampleWhole(store, beneath);
      store.publish(file.id());
      assertThatThrownBy(() -> store.publish(beneath.id()))
          .isInstanceOf(DiskFailure.class)
          .hasMessageContaining("a is a file");
      assertThat(dir.resolve("files/a")).hasBinaryContent(file.bytes());
      Files.delete(dir.resolve("files/a"));
      store.publish(beneath.id());
      assertThatThrownBy(() -> store.publish(file.id()))
          .isInstanceOf(DiskFailure.class)
          .hasMessageContaining("is a folder");
      assertThat(dir.resolve("files/a/b")).hasBinaryContent(beneath.bytes());
    }
  }

  @Test
  void namesThatLookAlikeOrAreVeryLongAreKeptApart() throws IOException {
    List<String> names = List.of("a/b", "a_b", "a:b", "x".repeat(1000), "x".repeat(999) + "y");
    try (BlockStore store = open()) {
      for (String name : names) {
        sampleWhole(store, Sample.of(name + "@1", 1200, 1000, name.hashCode()));
      }
    }
    try (BlockStore store = open()) {
      assertThat(store.files()).hasSize(5).allMatch(StoredFile::whole);
    }
  }

  @Test
  void aPublishedFileThatIsDamagedIsTakenAwayAndComesBackRepaired() throws IOException {
    Sample sample = Sample.of("a@1", 4000, 1000, 9);
    try (BlockStore store = open()) {
      sampleWhole(store, sample);
      store.publish(sample.id());
      flip(dir.resolve("files/a"), 2100);
      store.scrub(sample.id(), BlockSet.of(0, 3));
      StoredFile file = store.find(sample.id()).orElseThrow();
      assertThat(file.durable()).isEqualTo(BlockSet.prefix(4).minus(BlockSet.of(2, 2)));
      assertThat(heard).contains("lost a@1 [[2, 2]]");
      assertThat(dir.resolve("files/a")).doesNotExist();
      sample.storeDurablyIn(file, 2, 2);
      store.publish(sample.id());
      assertThat(dir.resolve("files/a")).hasBinaryContent(sample.bytes());
    }
  }

  @Test
  void aSecondExecutorOnTheSameFolderIsRefused() throws IOException {
    try (BlockStore store = open()) {
      assertThatThrownBy(this::open).hasMessageContaining("another executor uses this data folder");
      assertThat(store.files()).isEmpty();
    }
    open().close();
  }

  @Test
  void aManifestInBlocksOfAnotherSizeIsRefused() throws IOException {
    Sample sample = Sample.of("a@1", 4000, 1000, 9);
    try (BlockStore store = open()) {
      stored(store, sample);
      assertThatThrownBy(() -> store.open(sample.id(), 500)).isInstanceOf(DiskFailure.class);
      Sample other = new Sample(sample.id(), sample.bytes(), 500);
      StoredFile file = store.find(sample.id()).orElseThrow();
      assertThatThrownBy(() -> file.learn(other.manifest())).isInstanceOf(DiskFailure.class);
    }
  }
}
