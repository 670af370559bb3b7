package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of the generator that make blocks and their checksums, ahead of feeding: each takes
 * the next block, and what they find goes on in the blocks' order. A block that the master knows
 * already has to be the same; the others go to the {@link Announcing} thread.
 */
final class Hashing implements Callable<Void> {
  /** How many threads are to call it: one alone is slower than the network may be. */
  static final int THREADS = 2;

  private final BlockSource source;
  private final KnownBlocks known;
  private final int firstAhead;
  private final List<Checksum> ahead;
  private final BlockingQueue<Made> made;
  private final Announced announced;
  private final Lead lead;

  /** Held by the thread that makes a block, for as long as that is not there. */
  private final ReentrantLock making = new ReentrantLock();

  // Guarded by making.
  private int next;
  private boolean over;

  // Guarded by this.
  private ManifestHash hash;

  /** Written with the monitor held. */
  private volatile long bytes;

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
    this.next = hash.blocks();
    this.bytes = hash.blocks() * known.blockSize();
    this.firstAhead = hash.blocks();
    announced.upTo(hash.blocks());
  }

  @Override
  public Void call() throws IOException, InterruptedException, ContentDiffers {
    BlockDigest digest = new BlockDigest(source);
    for (int block = make(); block >= 0; block = make()) {
      int at = block - firstAhead;
      Checksum checksum = at < ahead.size() ? ahead.get(at) : digest.of(block);
      took(block, source.length(block), checksum);
    }
    return null;
  }

  /** Makes the next block; -1 where there is none, which whoever is the first to see it says. */
  private int make() throws IOException, InterruptedException, ContentDiffers {
    making.lockInterruptibly();
    try {
      if (over) {
        return -1;
      }
      lead.await(next - known.count());
      if (next - firstAhead < ahead.size() || source.advance() > 0) {
        if (next == Integer.MAX_VALUE) {
          throw new ContentDiffers("2^31 blocks or more; a larger --block-size is needed");
        }
        return next++;
      }
      over = true;
    } finally {
      making.unlock();
    }
    finish(next);
    return -1;
  }

  /** Waits until everything before the block has been taken. */
  private synchronized void awaitTurn(int block) throws InterruptedException {
    while (hash.blocks() < block) {
      wait();
    }
  }

  /** Where it fails, nothing that comes after it is taken. */
  private synchronized void took(int block, int length, Checksum checksum)
      throws IOException, InterruptedException, ContentDiffers {
    awaitTurn(block);
    ManifestHash withThis = hash.plus(checksum);
    if (block >= known.count()) {
      if (known.size() != null) {
        throw differs("it is complete with %d bytes".formatted(known.size()));
      }
      made.put(new Made.Block(checksum, withThis));
    } else if (known.checksum(block).equals(checksum)) {
      announced.upTo(block + 1);
    } else {
      throw differs("block %d is another one".formatted(block));
    }
    hash = withThis;
    bytes += length;
    notifyAll();
  }

  private synchronized void finish(int blocks) throws InterruptedException, ContentDiffers {
    awaitTurn(blocks);
    if (blocks < known.count()) {
      throw differs("%d blocks of it are known, and here are %d".formatted(known.count(), blocks));
    }
    if (known.size() != null && known.size() != bytes) {
      throw differs("it is complete with %d bytes, and here are %d".formatted(known.size(), bytes));
    }
    made.put(new Made.End(bytes, hash));
  }

  private ContentDiffers differs(String how) {
    return new ContentDiffers(known.file() + " was published with other content: " + how);
  }

  /** Bytes that have been hashed. */
  long bytes() {
    return bytes;
  }
}
