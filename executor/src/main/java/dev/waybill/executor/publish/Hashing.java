package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The thread of the generator that makes blocks and their checksums, ahead of feeding. A block that
 * the master knows already has to be the same; the others go to the {@link Announcing} thread.
 */
final class Hashing implements Callable<Void> {
  private final BlockSource source;
  private final KnownBlocks known;
  private final List<Checksum> ahead;
  private ManifestHash hash;
  private final BlockingQueue<Made> made;
  private final Announced announced;
  private final Lead lead;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * @param hash over the blocks before the first one that is to be made
   * @param ahead the checksums of those that have been made by now; {@code source} makes the others
   * @param made gets what the master does not know
   */
  Hashing(
      BlockSource source,
      KnownBlocks known,
      ManifestHash hash,
      List<Checksum> ahead,
      BlockingQueue<Made> made,
      Announced announced,
      Lead lead) {
    this.source = source;
    this.known = known;
    this.hash = hash;
    this.ahead = ahead;
    this.made = made;
    this.announced = announced;
    this.lead = lead;
  }

  @Override
  public Void call() throws IOException, InterruptedException, ContentDiffers {
    MessageDigest digest = Checksum.newDigest();
    int block = hash.blocks();
    announced.upTo(block);
    for (Checksum checksum : ahead) {
      took(block++, checksum);
    }
    bytes.set(block * known.blockSize());
    lead.await(block - known.count());
    for (int length; (length = source.advance(digest)) > 0; lead.await(++block - known.count())) {
      if (block == Integer.MAX_VALUE) {
        throw new ContentDiffers("2^31 blocks or more; a larger --block-size is needed");
      }
      took(block, Checksum.of(digest));
      bytes.addAndGet(length);
    }
    finish(block);
    return null;
  }

  private void took(int block, Checksum checksum)
      throws IOException, InterruptedException, ContentDiffers {
    hash = hash.plus(checksum);
    if (block >= known.count()) {
      if (known.size() != null) {
        throw differs("it is complete with %d bytes".formatted(known.size()));
      }
      made.put(new Made.Block(checksum, hash));
    } else if (known.checksum(block).equals(checksum)) {
      announced.upTo(block + 1);
    } else {
      throw differs("block %d is another one".formatted(block));
    }
  }

  private void finish(int blocks) throws InterruptedException, ContentDiffers {
    long size = bytes.get();
    if (blocks < known.count()) {
      throw differs("%d blocks of it are known, and here are %d".formatted(known.count(), blocks));
    }
    if (known.size() != null && known.size() != size) {
      throw differs("it is complete with %d bytes, and here are %d".formatted(known.size(), size));
    }
    made.put(new Made.End(size, hash));
  }

  private ContentDiffers differs(String how) {
    return new ContentDiffers(known.file() + " was published with other content: " + how);
  }

  /** Bytes that have been hashed. */
  long bytes() {
    return bytes.get();
  }
}
