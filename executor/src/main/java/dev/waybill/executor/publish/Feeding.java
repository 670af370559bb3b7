package dev.waybill.executor.publish;

import dev.waybill.executor.wire.Wire;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.protocol.Fed;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.Publication.Origin;
import dev.waybill.runtime.client.Backoff;
import dev.waybill.runtime.client.PersistentMaster;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
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

  /** The first batches are small, so that the origin can soon say what it waits for. */
  private static final long FIRST_BATCH_BYTES = 4L << 20;

  private static final long LARGEST_BATCH_BYTES = 64L << 20;

  /** Longer ones make the generator wait: what an origin has stored it says of whole batches. */
  private static final Duration LONG_BATCH = Duration.ofSeconds(2);

  /** From a block that is waited for on, so much goes before the others. */
  private static final long AWAITED_BYTES = 4L << 20;

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
  private BlockSet awaited = BlockSet.EMPTY;
  private long batchBytes = FIRST_BATCH_BYTES;
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
    List<BlockRange> batch = claim(announced.count());
    long sinceNanos = System.nanoTime();
    Wire wire = batch.isEmpty() ? null : send(feed, batch);
    if (wire != null) {
      awaitStored(feed, wire, batch, sinceNanos);
    }
  }

  /** What is waited for, and then what comes next in the file, for as much as is sent at once. */
  private synchronized List<BlockRange> claim(int known) {
    List<BlockRange> batch = new ArrayList<>();
    long blocks = blocks(batchBytes);
    for (BlockRange wanted : awaited.ranges()) {
      int last = Math.min(known - 1, wanted.first() + (int) blocks(AWAITED_BYTES) - 1);
      if (blocks > 0 && wanted.first() >= source.first() && wanted.first() <= last) {
        blocks -= claim(wanted.first(), last, blocks, batch);
      }
    }
    awaited = BlockSet.EMPTY;
    while (blocks > 0 && next < known) {
      List<BlockRange> lacking = lacking(next, known - 1);
      if (lacking.isEmpty()) {
        next = known;
        acknowledge();
      } else {
        blocks -= claim(lacking.get(0).first(), lacking.get(0).last(), blocks, batch);
        next = batch.get(batch.size() - 1).last() + 1;
      }
    }
    return batch;
  }

  /** Adds to a batch what of these blocks is lacking without a gap; returns how many. */
  private int claim(int first, int last, long most, List<BlockRange> batch) {
    List<BlockRange> lacking = lacking(first, last);
    if (lacking.isEmpty()) {
      return 0;
    }
    BlockRange run = lacking.get(0);
    run = new BlockRange(run.first(), (int) Math.min(run.last(), run.first() + most - 1));
    underWay = underWay.union(BlockSet.of(run.first(), run.last()));
    batch.add(run);
    return run.last() - run.first() + 1;
  }

  private List<BlockRange> lacking(int first, int last) {
    return BlockSet.of(first, last).minus(held).minus(underWay).ranges();
  }

  private static BlockSet all(List<BlockRange> runs) {
    BlockSet all = BlockSet.EMPTY;
    for (BlockRange run : runs) {
      all = all.union(BlockSet.of(run.first(), run.last()));
    }
    return all;
  }

  private void acknowledge() {
    acknowledged.accept(Math.min(next, held.prefixCount()));
  }

  private long blocks(long bytes) {
    return Math.max(1, bytes / publication.blockSize());
  }

  /** Null where it has failed. */
  private @Nullable Wire send(Feed feed, List<BlockRange> batch)
      throws IOException, InterruptedException, ContentDiffers {
    Origin to = origin();
    String address = to.address();
    if (address == null) {
      troubled(batch, "has not reported to the master yet");
      return null;
    }
    try {
      return feed.send(to.host(), address, publication.file(), source, batch);
    } catch (ConnectException e) {
      troubled(batch, "can't be reached at " + address);
    } catch (IOException e) {
      failed(batch, e);
    }
    return null;
  }

  private synchronized Origin origin() {
    return origin;
  }

  private void awaitStored(Feed feed, Wire wire, List<BlockRange> batch, long sinceNanos)
      throws IOException, InterruptedException, ContentDiffers {
    Fed answer;
    try {
      answer = feed.awaitStored(wire);
    } catch (IOException e) {
      failed(batch, e);
      return;
    }
    synchronized (this) {
      BlockSet blocks = all(batch);
      held = held.union(blocks);
      underWay = underWay.minus(blocks);
      awaited = answer.awaited();
      batchBytes =
          System.nanoTime() - sinceNanos > LONG_BATCH.toNanos()
              ? Math.max(FIRST_BATCH_BYTES, batchBytes / 2)
              : Math.min(LARGEST_BATCH_BYTES, 2 * batchBytes);
      acknowledge();
      if (trouble.over()) {
        notices.accept("origin " + origin.host() + " takes blocks again");
      }
    }
  }

  private void failed(List<BlockRange> batch, IOException e)
      throws IOException, InterruptedException, ContentDiffers {
    requireUnchanged(batch);
    troubled(batch, String.valueOf(e.getMessage()));
  }

  /** Says what is wrong, waits, and then takes the master's word for what the origin holds. */
  private void troubled(List<BlockRange> batch, String reason)
      throws IOException, InterruptedException {
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
      // Nothing that is to be sent again is let go of from here on.
      acknowledged.accept(0);
      next = source.first();
      for (Origin o : now.origins()) {
        if (o.host().equals(origin.host())) {
          origin = o;
          // What has been let go of it has, whatever the master has heard of that by now.
          held = o.held().union(BlockSet.prefix(next));
        }
      }
      underWay = underWay.minus(all(batch));
    }
  }

  /** Whether the blocks still are what has been announced. */
  private void requireUnchanged(List<BlockRange> batch)
      throws IOException, InterruptedException, ContentDiffers {
    source.requireUnchanged();
    Publication now = master.call(m -> m.publication(publication.file()));
    KnownBlocks known = new KnownBlocks(master, now);
    BlockDigest digest = new BlockDigest(source);
    for (BlockRange run : batch) {
      for (int b = run.first(); b <= run.last(); b++) {
        if (!digest.of(b).equals(known.checksum(b))) {
          throw new ContentDiffers(
              "block %d of %s has changed while it was being published"
                  .formatted(b, publication.file()));
        }
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
    private final Backoff pause = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
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
      return pause.next();
    }

    /** Whether there was some that has been talked about; begins anew. */
    boolean over() {
      boolean talked = said;
      some = false;
      said = false;
      pause.reset();
      return talked;
    }
  }
}
