package dev.waybill.executor.store;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.protocol.ManifestPage;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One version of a file in the block store: its blocks at their place in one sparse file, its
 * manifest, and the journal of what is held. Thread-safe.
 *
 * <p>A block is <i>verified</i> once its bytes have been compared with the manifest, and may be
 * served from then on; it is <i>durable</i> once data and journal have been forced to disk, in this
 * order, and only then reported.
 *
 * <p>Threads in here must not be interrupted: that would close the channels beneath everybody.
 */
public final class StoredFile implements Closeable {
  private static final long DURABLE_SLICE_MILLIS = 1000;

  private final FileId id;
  private final long blockSize;
  private final Path folder;
  private final Path dataPath;
  private final FileChannel data;
  private final StoredManifest manifest;
  private final Journal journal;
  private final StoreListener listener;
  private final GroupCommit commits;

  /** Linux writes to one file one after the other, and burns processor time while one waits. */
  private final ReentrantLock writes = new ReentrantLock();

  /** Guards the journal and the order in which the listener hears of it. */
  private final Object journalLock = new Object();

  /** Whether it is durable that there is such a version. Guarded by the journal's lock. */
  private boolean settled;

  // Guarded by this.
  private final BitSet verified = new BitSet();
  private final BitSet durable = new BitSet();
  private final BitSet writing = new BitSet();
  private final List<Expected> expected = new ArrayList<>();

  /** How many wait for which block. */
  private final Map<Integer, Integer> awaited = new HashMap<>();

  private boolean origin;
  private @Nullable String lastFailure;

  private final AtomicInteger durabilityWaiters = new AtomicInteger();

  /** Bytes of blocks that are verified and that no commit has looked at or is done with. */
  private final AtomicLong pendingBytes = new AtomicLong();

  private volatile @Nullable Long size;
  private volatile @Nullable String refusal;
  private volatile boolean published;

  private StoredFile(
      About about,
      Path folder,
      FileChannel data,
      StoredManifest manifest,
      Journal journal,
      StoreListener listener,
      GroupCommit commits) {
    this.id = about.file();
    this.blockSize = about.blockSize();
    this.folder = folder;
    this.dataPath = folder.resolve("data");
    this.data = data;
    this.manifest = manifest;
    this.journal = journal;
    this.listener = listener;
    this.commits = commits;
    this.size = journal.size();
    this.published = journal.published();
  }

  /**
   * Opens what is in {@code folder}; no block counts before {@link #recover}.
   *
   * @param policy which manifests are taken
   * @param commits makes its blocks durable
   */
  static StoredFile open(
      About about, Path folder, ManifestPolicy policy, StoreListener listener, GroupCommit commits)
      throws IOException {
    List<Closeable> opened = new ArrayList<>();
    try {
      FileChannel data =
          FileChannel.open(
              folder.resolve("data"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      opened.add(data);
      StoredManifest manifest = StoredManifest.open(about, folder, policy);
      opened.add(manifest);
      Journal journal = Journal.open(folder.resolve("journal"));
      opened.add(journal);
      return new StoredFile(about, folder, data, manifest, journal, listener, commits);
    } catch (IOException | RuntimeException e) {
      for (Closeable c : opened) {
        c.close();
      }
      throw e;
    }
  }

  public FileId id() {
    return id;
  }

  public long blockSize() {
    return blockSize;
  }

  // ---- the manifest ----

  /** How many blocks' checksums are known. */
  public int knownBlocks() {
    return manifest.count();
  }

  /** Bytes of the whole file; null while that is not known. */
  public @Nullable Long size() {
    return size;
  }

  /** From which block on the next page of the manifest is needed. */
  public int nextChecksum() {
    return manifest.stored();
  }

  /** Why the manifest is not taken, in words that follow the file's name; null where it is. */
  public @Nullable String refusal() {
    return refusal;
  }

  /** Takes in what is new in a page of the manifest; durable with the first block after it. */
  public Learned learn(ManifestPage page) throws DiskFailure {
    if (page.blockSize() != blockSize) {
      throw new DiskFailure(
          "%s is stored in blocks of %d bytes, and its manifest has blocks of %d"
              .formatted(id, blockSize, page.blockSize()));
    }
    Learned learned;
    synchronized (journalLock) {
      try {
        learned = manifest.learn(page);
        if (learned instanceof Learned.Refused r) {
          refusal = r.reason();
        } else if (learned instanceof Learned.Taken) {
          refusal = null;
        }
        Long finalSize = page.size();
        if (learned instanceof Learned.Taken && finalSize != null && size == null) {
          journal.size(finalSize);
          size = finalSize;
        }
      } catch (IOException e) {
        throw new DiskFailure("the manifest of " + id, e);
      }
    }
    synchronized (this) {
      notifyAll();
    }
    return learned;
  }

  /**
   * Waits until a block of this length can be verified: its checksum is known, and also the file's
   * size where only a last block can be so short.
   *
   * @return whether it can be now
   */
  public synchronized boolean awaitChecksum(int block, int length, long millis) {
    return await(() -> verifiable(block, length), millis);
  }

  private boolean verifiable(int block, int length) {
    return block < manifest.count() && (length == blockSize || size != null);
  }

  Checksum checksum(int block) throws DiskFailure {
    try {
      return manifest.checksum(block);
    } catch (IOException e) {
      throw new DiskFailure("the manifest of " + id, e);
    }
  }

  // ---- blocks ----

  /** Whether a block can't be one of this file. */
  public boolean beyondEnd(int block) {
    Long bytes = size;
    return bytes != null && block >= new BlockLayout(bytes, blockSize).blockCount();
  }

  /** The bytes of a block that is verified, or the most that it can have. */
  public int length(int block) {
    Long bytes = size;
    long length = bytes == null ? blockSize : new BlockLayout(bytes, blockSize).length(block);
    return (int) length;
  }

  /** Whether a block of the file can have this length, as far as is known. */
  public boolean mayHaveLength(int block, int length) {
    return size == null ? length <= blockSize : !beyondEnd(block) && length == length(block);
  }

  public synchronized boolean isVerified(int block) {
    return verified.get(block);
  }

  /** The blocks that outlive a crash. */
  public synchronized BlockSet durable() {
    return BlockSet.of(durable);
  }

  /** Waits until a block is verified, and says whether it is. */
  public synchronized boolean awaitVerified(int block, long millis) {
    awaited.merge(block, 1, Integer::sum);
    try {
      return await(() -> verified.get(block), millis);
    } finally {
      awaited.computeIfPresent(block, (b, waiting) -> waiting == 1 ? null : waiting - 1);
    }
  }

  /** The blocks that somebody waits for. */
  public synchronized BlockSet awaited() {
    BitSet blocks = new BitSet();
    awaited.keySet().forEach(blocks::set);
    return BlockSet.of(blocks);
  }

  /**
   * Waits until blocks that are verified are durable.
   *
   * @throws DiskFailure where one of them can't be made so
   */
  public synchronized void awaitDurable(BlockSet blocks) throws DiskFailure {
    durabilityWaiters.incrementAndGet();
    commits.enlist(this);
    try {
      while (!await(() -> durableOrLost(blocks), DURABLE_SLICE_MILLIS)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new DiskFailure("this executor stops");
        }
      }
    } finally {
      durabilityWaiters.decrementAndGet();
    }
    if (!blocks.minus(BlockSet.of(durable)).isEmpty()) {
      throw new DiskFailure(lastFailure == null ? id + " has lost blocks" : lastFailure);
    }
  }

  private boolean durableOrLost(BlockSet blocks) {
    BlockSet missing = blocks.minus(BlockSet.of(durable));
    return missing.isEmpty() || !missing.minus(BlockSet.of(verified)).isEmpty();
  }

  /** Whether somebody waits for blocks to be durable; takes no lock. */
  boolean urgent() {
    return durabilityWaiters.get() > 0;
  }

  /**
   * Begins to write a block, after whoever writes it now, and once the disk keeps up; empty where
   * it is held already.
   *
   * @param length its bytes
   * @param digest that nobody else uses until the writer is closed
   */
  public Optional<BlockWriter> begin(int block, int length, MessageDigest digest) {
    commits.awaitRoom();
    return claim(block, length, digest);
  }

  private synchronized Optional<BlockWriter> claim(int block, int length, MessageDigest digest) {
    while (writing.get(block)) {
      await(() -> !writing.get(block), 1000);
    }
    if (verified.get(block)) {
      return Optional.empty();
    }
    writing.set(block);
    return Optional.of(new BlockWriter(this, block, length, digest));
  }

  void write(int block, long offset, ByteBuffer buffer) throws DiskFailure {
    long position = block * blockSize + offset;
    writes.lock();
    try {
      while (buffer.hasRemaining()) {
        position += data.write(buffer, position);
      }
    } catch (IOException e) {
      throw new DiskFailure("block " + block + " of " + id + " can't be written", e);
    } finally {
      writes.unlock();
    }
  }

  /** Of how many bytes that are to be made durable the disk is behind. */
  long pendingBytes() {
    return pendingBytes.get();
  }

  void verified(int block) {
    pendingBytes.addAndGet(length(block));
    synchronized (this) {
      verified.set(block);
      notifyAll();
    }
    commits.enlist(this);
  }

  synchronized void release(int block) {
    writing.clear(block);
    notifyAll();
  }

  /**
   * Reads bytes of a block that is verified until {@code into} is full or the block is over.
   *
   * @param offset of the first byte in the block
   */
  public void read(int block, long offset, ByteBuffer into) throws DiskFailure {
    int remaining = (int) Math.min(into.remaining(), length(block) - offset);
    into.limit(into.position() + remaining);
    long position = block * blockSize + offset;
    try {
      while (into.hasRemaining()) {
        int n = data.read(into, position);
        if (n < 0) {
          throw new DiskFailure("block " + block + " of " + id + " is cut off on disk");
        }
        position += n;
      }
    } catch (DiskFailure e) {
      throw e;
    } catch (IOException e) {
      throw new DiskFailure("block " + block + " of " + id + " can't be read", e);
    }
  }

  /** Where bytes of a file go that are not looked at in between. */
  @FunctionalInterface
  public interface Outlet {
    void send(FileChannel file, long position, int count) throws IOException;
  }

  /**
   * Sends bytes of a block that is verified to {@code out}.
   *
   * @param offset of the first byte in the block
   * @throws DiskFailure where they can't be read
   * @throws IOException where {@code out} fails
   */
  public void send(int block, long offset, int count, Outlet out) throws IOException {
    try {
      out.send(data, block * blockSize + offset, count);
    } catch (EOFException e) {
      throw new DiskFailure("block " + block + " of " + id + " is cut off on disk", e);
    } catch (IOException e) {
      // Whether the disk or the peer is at fault is not said; reading it tells.
      read(block, offset, ByteBuffer.allocate(count));
      throw e;
    }
  }

  // ---- durability ----

  /** Makes every block durable that has been verified so far. */
  void commit() {
    synchronized (journalLock) {
      long bytes = pendingBytes.get();
      BlockSet batch;
      synchronized (this) {
        BitSet pending = (BitSet) verified.clone();
        pending.andNot(durable);
        batch = BlockSet.of(pending);
      }
      if (!batch.isEmpty()) {
        commit(batch);
      }
      pendingBytes.addAndGet(-bytes);
    }
  }

  private void commit(BlockSet batch) {
    try {
      data.force(false);
      settle();
      journal.hold(batch);
    } catch (IOException e) {
      failed(batch, new DiskFailure("blocks of " + id + " can't be made durable", e));
      return;
    }
    synchronized (this) {
      // At once for both: who hears of the blocks finds them durable, and who has waited for
      // them knows that they have been told of.
      durable.or(batch.toBitSet());
      listener.held(id, batch);
      notifyAll();
    }
  }

  /** Makes durable what a record in the journal means nothing without. */
  private void settle() throws IOException {
    manifest.force();
    if (!settled) {
      About.force(folder);
      DataFolder.force(folder);
      DataFolder.force(Objects.requireNonNull(folder.getParent(), "a folder of the store"));
      settled = true;
    }
  }

  /** After a failed write-back nobody knows what is on disk: these blocks have to come again. */
  private synchronized void failed(BlockSet batch, DiskFailure why) {
    verified.andNot(batch.toBitSet());
    lastFailure = why.getMessage();
    notifyAll();
  }

  /** Reads the blocks that the journal says are held again, and keeps those that are right. */
  void recover(Rehash rehash) throws IOException {
    synchronized (journalLock) {
      BlockSet claimed = journal.held();
      BlockSet known = claimed.intersection(BlockSet.prefix(knownBlocks()));
      BlockSet right = rehash.right(this, known);
      BlockSet wrong = claimed.minus(right);
      if (!wrong.isEmpty()) {
        journal.giveUp(wrong);
        withdrawn();
      }
      synchronized (this) {
        verified.or(right.toBitSet());
        durable.or(right.toBitSet());
      }
    }
  }

  /**
   * Reads blocks again and gives up those that differ from the manifest.
   *
   * @return those that it has given up
   */
  BlockSet scrub(BlockSet suspects) throws DiskFailure {
    BlockSet checked;
    synchronized (this) {
      checked = suspects.intersection(BlockSet.of(verified));
    }
    BlockSet wrong = checked.minus(new Rehash(1).right(this, checked));
    if (!wrong.isEmpty()) {
      giveUp(wrong);
    }
    return wrong;
  }

  private void giveUp(BlockSet blocks) throws DiskFailure {
    synchronized (journalLock) {
      synchronized (this) {
        verified.andNot(blocks.toBitSet());
        durable.andNot(blocks.toBitSet());
        notifyAll();
      }
      listener.lost(id, blocks);
      try {
        journal.giveUp(blocks);
      } catch (IOException e) {
        throw new DiskFailure("the journal of " + id, e);
      }
    }
  }

  // ---- publishing ----

  /** Whether the whole file has been put at its place. */
  public boolean published() {
    return published;
  }

  void published(boolean now) throws DiskFailure {
    synchronized (journalLock) {
      try {
        settle();
        journal.published(now);
        published = now;
      } catch (IOException e) {
        throw new DiskFailure("the journal of " + id, e);
      }
    }
  }

  private void withdrawn() throws IOException {
    if (published) {
      journal.published(false);
      published = false;
    }
  }

  /** Whether every block of the whole file is durable. */
  public synchronized boolean whole() {
    Long bytes = size;
    return bytes != null
        && durable.nextClearBit(0) >= new BlockLayout(bytes, blockSize).blockCount();
  }

  /**
   * The file with all blocks, cut to its size.
   *
   * @throws DiskFailure where it is shorter than it should be
   */
  Path wholeData() throws DiskFailure {
    Long bytes = size;
    if (bytes == null || !whole()) {
      throw new DiskFailure(id + " is not whole any more");
    }
    try {
      if (data.size() < bytes) {
        throw new DiskFailure(id + " is cut off on disk");
      }
      if (data.size() > bytes) {
        data.truncate(bytes);
        data.force(true);
      }
    } catch (DiskFailure e) {
      throw e;
    } catch (IOException e) {
      throw new DiskFailure(String.valueOf(id), e);
    }
    return dataPath;
  }

  Path dataPath() {
    return dataPath;
  }

  // ---- what is yet to come ----

  /** Says that blocks are on their way, until it is closed. */
  public synchronized Expected expect(BlockSet blocks) {
    Expected e = new Expected(blocks);
    expected.add(e);
    return e;
  }

  /** Whether the publisher hands the file's blocks to this host. */
  public synchronized void origin(boolean now) {
    origin = now;
    notifyAll();
  }

  /** Waits until this host is an origin of the file, and says whether it is. */
  public synchronized boolean awaitOrigin(long millis) {
    return await(() -> origin, millis);
  }

  /** Whether a block is on its way, or may come from the publisher at any time. */
  public synchronized boolean expects(int block) {
    return origin || expected.stream().anyMatch(e -> e.blocks.contains(block));
  }

  /** Blocks that are on their way. */
  public final class Expected implements Closeable {
    private final BlockSet blocks;

    private Expected(BlockSet blocks) {
      this.blocks = blocks;
    }

    @Override
    public void close() {
      synchronized (StoredFile.this) {
        expected.remove(this);
      }
    }
  }

  private boolean await(Waiting.Condition condition, long millis) {
    return Waiting.on(this, condition, millis);
  }

  @Override
  public void close() throws IOException {
    synchronized (journalLock) {
      data.close();
      manifest.close();
      journal.close();
    }
  }
}
