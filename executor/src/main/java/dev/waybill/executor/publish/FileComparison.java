package dev.waybill.executor.publish;

import dev.waybill.executor.publish.Content.Comparison;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a file of the generator's begins with the blocks of a manifest. */
final class FileComparison {
  private FileComparison() {}

  static Comparison of(Path file, KnownBlocks known) throws IOException, InterruptedException {
    ManifestHash hash = known.hash();
    Long size = known.size();
    long expected = size == null ? known.count() * known.blockSize() : size;
    if (Files.size(file) < expected || (size != null && Files.size(file) > size)) {
      return new Comparison(false, hash);
    }
    // Never longer than what is published, so that a file that has grown since can be compared too.
    Extent extent = new FixedPrefix(expected);
    try (BlockSource blocks = new FileBlocks(file, known.blockSize(), extent, 0)) {
      BlockDigest digest = new BlockDigest(blocks);
      for (int i = 0; i < new BlockLayout(expected, known.blockSize()).blockCount(); i++) {
        int length = blocks.advance();
        Checksum checksum = digest.of(i);
        if (!checksum.equals(known.checksum(i))) {
          return new Comparison(false, hash);
        }
        // A shorter last block is left to whoever publishes: it begins at a whole block.
        if (length == known.blockSize()) {
          hash = hash.plus(checksum);
        }
      }
    } catch (ContentDiffers e) {
      return new Comparison(false, hash);
    }
    return new Comparison(true, hash);
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
