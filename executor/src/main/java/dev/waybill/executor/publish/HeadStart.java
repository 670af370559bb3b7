package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The generator's checksums of the first blocks of a file, made while the master has not answered
 * yet: they are of use where it then says the block size that was expected. Thread-safe.
 */
final class HeadStart implements AutoCloseable {
  private final long blockSize;
  private final List<Checksum> made = new ArrayList<>();
  private boolean over;

  private HeadStart(long blockSize) {
    this.blockSize = blockSize;
  }

  /** Begins on a thread of its own; with what grows or can be read only once, there is none. */
  static HeadStart of(Content content, long blockSize) throws IOException {
    HeadStart start = new HeadStart(blockSize);
    if (content instanceof Content.PlainFile file) {
      BlockSource source = file.blocks(blockSize, 0, () -> false);
      Thread thread = new Thread(() -> start.run(source), "head-start");
      thread.setDaemon(true);
      thread.start();
    }
    return start;
  }

  private void run(BlockSource source) {
    BlockDigest digest = new BlockDigest(source);
    try (source) {
      int block = 0;
      while (source.advance() == blockSize && add(digest.of(block))) {
        block++;
      }
    } catch (IOException | ContentDiffers e) {
      // Whoever makes these blocks once more meets the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean add(Checksum checksum) {
    if (!over) {
      made.add(checksum);
    }
    return !over && made.size() < Lead.atFirst(blockSize);
  }

  /** Ends it; what it has made of the blocks from the first one on, if they have this size. */
  synchronized List<Checksum> end(long ofBlockSize) {
    over = true;
    return ofBlockSize == blockSize ? List.copyOf(made) : List.of();
  }

  /** Ends it, wanted or not. */
  @Override
  public synchronized void close() {
    over = true;
  }
}
