package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestSigner;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.runtime.client.Backoff;
import dev.waybill.runtime.client.PersistentMaster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The thread of the generator that tells the master which blocks have been made: everything that is
 * there at once, and the rarer the longer there has always been some: every host asks for what is
 * new.
 */
final class Announcing implements Callable<Void> {
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(50);
  private static final Duration LONGEST_INTERVAL = Duration.ofMillis(200);
  private static final int BATCH = 4096;

  private final PersistentMaster master;
  private final @Nullable ManifestSigner signer;
  private final KnownBlocks known;
  private final BlockingQueue<Made> made;
  private final Announced announced;
  private int next;

  /**
   * @param signer null where nothing is signed
   */
  Announcing(
      PersistentMaster master,
      @Nullable ManifestSigner signer,
      KnownBlocks known,
      BlockingQueue<Made> made,
      Announced announced) {
    this.master = master;
    this.signer = signer;
    this.known = known;
    this.made = made;
    this.announced = announced;
    this.next = known.count();
  }

  @Override
  public Void call() throws IOException, InterruptedException {
    Backoff interval = new Backoff(SHORTEST_INTERVAL, LONGEST_INTERVAL);
    Long size = null;
    while (size == null) {
      boolean behind = !made.isEmpty();
      List<Made> batch = new ArrayList<>();
      batch.add(made.take());
      made.drainTo(batch, BATCH - 1);
      size = announce(batch);
      if (size == null) {
        Thread.sleep(interval.next().toMillis());
        if (!behind) {
          interval.reset();
        }
      }
    }
    announced.end(size);
    return null;
  }

  private @Nullable Long announce(List<Made> batch) throws IOException, InterruptedException {
    List<Checksum> checksums = new ArrayList<>(batch.size());
    Long size = null;
    for (Made m : batch) {
      if (m instanceof Made.Block b) {
        checksums.add(b.checksum());
      } else if (m instanceof Made.End e) {
        size = e.size();
      }
    }
    // Who can sign does so at the end, also where somebody else has announced all of it.
    if (!checksums.isEmpty() || known.size() == null || signer != null) {
      ManifestHash hash = batch.get(batch.size() - 1).hash();
      Long end = size;
      master.call(m -> m.announce(message(checksums, end, hash)));
    }
    next += checksums.size();
    announced.upTo(next);
    return size;
  }

  /** Signed anew each time that it is told: the master looks at when. */
  private AnnounceBlocks message(List<Checksum> checksums, @Nullable Long size, ManifestHash hash) {
    return new AnnounceBlocks(
        known.file(), next, checksums, size, signer == null ? null : signer.sign(hash, size));
  }
}
