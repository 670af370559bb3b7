package dev.waybill.executor.publish;

import dev.waybill.executor.wire.Wire;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the generator that hand one origin what it lacks, as far as it has been announced:
 * one goes on while another waits for what it has sent to be stored. An origin that does not answer
 * is asked again until it does.
 */
final class Feeding implements Callable<Void> {
  /** How many threads are to call it. */
  static final int THREADS = 2;

  private static final long RUN_BYTES = 64L << 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration REMINDER = Duration.ofSeconds(30);

  private final PersistentMaster master;
  private final Wires wires;
  private final Publication publication;
  private final BlockSource source;
  private final Announced announced;
  private final IntConsumer acknowledged;
  private final Consumer<String> notices;
  private final List<Feed> feeds = new CopyOnWriteArrayList<>();
  private final BlockSet beforeStart;

  // Guarded by this.
  private final Trouble trouble = new Trouble();
  private Origin origin;
  private BlockSet held;
  private BlockSet underWay = BlockSet.EMPTY;
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
    this.wires = wires;
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
    Feed feed = new Feed(wires);
    feeds.add(feed);
    int from = next();
    while (announced.awaitMoreThan(from) > from) {
      feed(feed);
      from = next();
    }
    return null;
  }

  private synchronized int next() {
    return next;
  }

  /** Feeds some of what the origin lacks, where it lacks anything that is not under way. */
  private void feed(Feed feed) throws IOException, InterruptedException, ContentDiffers {
    BlockRange run = claim(announced.count());
    Wire wire = run == null ? null : send(feed, run);
    if (run != null && wire != null) {
      awaitStored(feed, wire, run);
    }
  }

  private synchronized @Nullable BlockRange claim(int known) {
    if (known <= next) {
      return null;
    }
    List<BlockRange> lacking = BlockSet.of(next, known - 1).minus(held).minus(underWay).ranges();
    if (lacking.isEmpty()) {
      next = known;
      acknowledge();
      return null;
    }
    BlockRange run = limited(lacking.get(0));
    next = run.last() + 1;
    underWay = underWay.union(BlockSet.of(run.first(), run.last()));
    return run;
  }

  private void acknowledge() {
    acknowledged.accept(Math.min(next, held.prefixCount()));
  }

  private BlockRange limited(BlockRange run) {
    long blocks = Math.max(1, RUN_BYTES / publication.blockSize());
    return new BlockRange(run.first(), (int) Math.min(run.last(), run.first() + blocks - 1));
  }

  /** Null where it has failed. */
  private @Nullable Wire send(Feed feed, BlockRange run)
      throws IOException, InterruptedException, ContentDiffers {
    Origin to = origin();
    String address = to.address();
    if (address == null) {
      troubled(run, "has not reported to the master yet");
      return null;
    }
    try {
      return feed.send(to.host(), address, publication.file(), source, run);
    } catch (ConnectException e) {
      troubled(run, "can't be reached at " + address);
    } catch (IOException e) {
      failed(run, e);
    }
    return null;
  }

  private synchronized Origin origin() {
    return origin;
  }

  private void awaitStored(Feed feed, Wire wire, BlockRange run)
      throws IOException, InterruptedException, ContentDiffers {
    try {
      feed.awaitStored(wire);
    } catch (IOException e) {
      failed(run, e);
      return;
    }
    synchronized (this) {
      BlockSet blocks = BlockSet.of(run.first(), run.last());
      held = held.union(blocks);
      underWay = underWay.minus(blocks);
      acknowledge();
      if (trouble.over()) {
        notices.accept("origin " + origin.host() + " takes blocks again");
      }
    }
  }

  private void failed(BlockRange run, IOException e)
      throws IOException, InterruptedException, ContentDiffers {
    requireUnchanged(run);
    troubled(run, String.valueOf(e.getMessage()));
  }

  /** Says what is wrong, waits, and then takes the master's word for what the origin holds. */
  private void troubled(BlockRange run, String reason) throws IOException, InterruptedException {
    Duration pause;
    synchronized (this) {
      if (trouble.worthSaying()) {
        notices.accept("origin " + origin.host() + ": " + reason + "; trying again");
      }
      pause = trouble.nextPause();
    }
    Thread.sleep(pause.toMillis());
    Publication now = master.call(m -> m.publication(publication.file()));
    synchronized (this) {
      for (Origin o : now.origins()) {
        if (o.host().equals(origin.host())) {
          origin = o;
          held = o.held();
        }
      }
      underWay = underWay.minus(BlockSet.of(run.first(), run.last()));
      next = source.first();
    }
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

  /** Bytes of blocks that the origin has got from this process, the current runs included. */
  long bytes() {
    return feeds.stream().mapToLong(Feed::bytes).sum();
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
