package dev.waybill.executor.publish;

import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.Publication.Origin;
import dev.waybill.runtime.client.PersistentMaster;
import java.io.IOException;
import java.net.ConnectException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The thread of the generator that hands one origin what it lacks, as far as it has been announced.
 * An origin that does not answer is asked again until it does.
 */
final class Feeding implements Callable<Void> {
  private static final long RUN_BYTES = 64L << 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration REMINDER = Duration.ofSeconds(30);

  private final PersistentMaster master;
  private final Publication publication;
  private final BlockSource source;
  private final Announced announced;
  private final IntConsumer acknowledged;
  private final Consumer<String> notices;
  private final Feed feed;
  private final Trouble trouble = new Trouble();
  private final BlockSet beforeStart;
  private Origin origin;
  private BlockSet held;
  private int next;

  /**
   * @param acknowledged is told below which block the origin has everything
   * @param notices one line each
   */
  Feeding(
      PersistentMaster master,
      Wires wires,
      Publication publication,
      Origin origin,
      BlockSource source,
      Announced announced,
      IntConsumer acknowledged,
      Consumer<String> notices) {
    this.master = master;
    this.feed = new Feed(wires);
    this.publication = publication;
    this.origin = origin;
    this.source = source;
    this.announced = announced;
    this.acknowledged = acknowledged;
    this.notices = notices;
    this.held = origin.held();
    this.beforeStart = origin.held();
  }

  @Override
  public Void call() throws IOException, InterruptedException, ContentDiffers {
    for (int known; (known = announced.awaitMoreThan(next)) > next; ) {
      List<BlockRange> lacking = BlockSet.of(next, known - 1).minus(held).ranges();
      if (lacking.isEmpty()) {
        reached(known);
      } else {
        reached(lacking.get(0).first());
        feed(limited(lacking.get(0)));
      }
    }
    return null;
  }

  private void reached(int block) {
    if (block > next) {
      next = block;
      acknowledged.accept(block);
    }
  }

  private BlockRange limited(BlockRange run) {
    long blocks = Math.max(1, RUN_BYTES / publication.blockSize());
    return new BlockRange(run.first(), (int) Math.min(run.last(), run.first() + blocks - 1));
  }

  private void feed(BlockRange run) throws IOException, InterruptedException, ContentDiffers {
    String address = origin.address();
    if (address == null) {
      troubled("has not reported to the master yet");
      return;
    }
    try {
      feed.send(origin.host(), address, publication.file(), source, run);
      held = held.union(BlockSet.of(run.first(), run.last()));
      reached(run.last() + 1);
      if (trouble.over()) {
        notices.accept("origin " + origin.host() + " takes blocks again");
      }
    } catch (ConnectException e) {
      troubled("can't be reached at " + address);
    } catch (IOException e) {
      requireUnchanged(run);
      troubled(String.valueOf(e.getMessage()));
    }
  }

  /** Says what is wrong, waits, and then takes the master's word for what the origin holds. */
  private void troubled(String reason) throws IOException, InterruptedException {
    if (trouble.worthSaying()) {
      notices.accept("origin " + origin.host() + ": " + reason + "; trying again");
    }
    Thread.sleep(trouble.nextPause().toMillis());
    for (Origin o : master.call(m -> m.publication(publication.file())).origins()) {
      if (o.host().equals(origin.host())) {
        origin = o;
        held = o.held();
      }
    }
    next = source.first();
  }

  /** Whether the blocks still are what has been announced. */
  private void requireUnchanged(BlockRange run)
      throws IOException, InterruptedException, ContentDiffers {
    source.requireUnchanged();
    Publication now = master.call(m -> m.publication(publication.file()));
    KnownBlocks known = new KnownBlocks(master, now);
    MessageDigest digest = Checksum.newDigest();
    for (int b = run.first(); b <= run.last(); b++) {
      byte[] bytes = new byte[source.length(b)];
      source.read(b, 0, bytes, 0, bytes.length);
      digest.update(bytes);
      if (!Checksum.of(digest).equals(known.checksum(b))) {
        throw new ContentDiffers(
            "block %d of %s has changed while it was being published"
                .formatted(b, publication.file()));
      }
    }
  }

  /** Bytes of blocks that the origin has got from this process, the current run included. */
  long bytes() {
    return feed.bytes();
  }

  /** How many blocks the origin had when this process began. */
  BlockSet beforeStart() {
    return beforeStart;
  }

  /** How long something has not worked, and what has been said about it. */
  private static final class Trouble {
    private Duration pause = FIRST_PAUSE;
    private long sinceNanos = System.nanoTime();
    private long saidNanos;
    private boolean some;
    private boolean said;

    boolean worthSaying() {
      long now = System.nanoTime();
      if (!some) {
        some = true;
        sinceNanos = now;
      }
      boolean due =
          said ? now - saidNanos > REMINDER.toNanos() : now - sinceNanos > GRACE.toNanos();
      if (due) {
        said = true;
        saidNanos = now;
      }
      return due;
    }

    Duration nextPause() {
      Duration now = pause;
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
      return now;
    }

    /** Whether there was some that has been talked about; begins anew. */
    boolean over() {
      boolean talked = said;
      some = false;
      said = false;
      pause = FIRST_PAUSE;
      return talked;
    }
  }
}
