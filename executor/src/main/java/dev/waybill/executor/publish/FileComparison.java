package dev.waybill.executor.publish;

import dev.waybill.executor.publish.Content.Comparison;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Whether a file of the generator's begins with the blocks of a manifest. */
final class FileComparison {
  private FileComparison() {}

  static Comparison of(Path file, KnownBlocks known) throws IOException, InterruptedException {
    Long size = known.size();
    long expected = size == null ? known.count() * known.blockSize() : size;
    if (Files.size(file) < expected || (size != null && Files.size(file) > size)) {
      return new Comparison(false, 0);
    }
    MessageDigest digest = Checksum.newDigest();
    // Never longer than what is published, so that a file that has grown since can be compared too.
    Extent extent = new FixedPrefix(expected);
    try (BlockSource blocks = new FileBlocks(file, known.blockSize(), extent, 0)) {
      for (int i = 0; i < new BlockLayout(expected, known.blockSize()).blockCount(); i++) {
        blocks.advance(digest);
        if (!Checksum.of(digest).equals(known.checksum(i))) {
          return new Comparison(false, i);
        }
      }
    } catch (ContentDiffers e) {
      return new Comparison(false, 0);
    }
    // A shorter last block is left to whoever publishes: it begins at a whole block.
    return new Comparison(true, (int) (expected / known.blockSize()));
  }

  private record FixedPrefix(long bytes) implements Extent {
    @Override
    public long await(long atLeast) {
      return bytes;
    }

    @Override
    public void requireUnchanged(long published) {
      // Whether it changes is found out while it is published.
    }
  }
}
