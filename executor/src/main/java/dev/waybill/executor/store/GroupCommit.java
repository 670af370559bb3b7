package dev.waybill.executor.store;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes the block store's blocks durable in rounds: one flush of a file for all of its blocks that
 * have been verified meanwhile. A round begins a moment after the first block of it, or at once
 * when somebody waits.
 */
final class GroupCommit implements Closeable {
  private static final long GATHER_MILLIS = 200;
  private static final long STOP_MILLIS = 5000;

  /** A sender loses its patience after a minute in which nothing is taken from it. */
  private static final long ROOM_MILLIS = 30_000;

  /** So many files are flushed at once: a file system makes one commit of it. */
  private static final int AT_ONCE = 8;

  /**
   * More bytes than this do not wait to be made durable: where the disk is slower than what comes,
   * that waits, and every flush is short, also those of others on the same disk.
   */
  static final long MOST_BYTES = 128L << 20;

  private final long mostBytes;
  private final Set<StoredFile> dirty = new LinkedHashSet<>();
  private final Set<StoredFile> flushed = new LinkedHashSet<>();
  private int waiting;
  private final Thread thread = new Thread(this::run, "group-commit");
  private final ExecutorService flushing =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread flush = new Thread(task, "flush");
            flush.setDaemon(true);
            return flush;
          });
  private boolean closed;

  /**
   * @param mostBytes that wait before no new block is begun
   */
  GroupCommit(long mostBytes) {
    this.mostBytes = mostBytes;
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void enlist(StoredFile file) {
    if (dirty.add(file) || file.urgent()) {
      notifyAll();
    }
  }

  /** Returns once there is room for another block, or there has been none for half a minute. */
  synchronized void awaitRoom() {
    if (hasRoom()) {
      return;
    }
    waiting++;
    notifyAll();
    Waiting.on(this, () -> closed || hasRoom(), ROOM_MILLIS);
    waiting--;
  }

  private boolean hasRoom() {
    return bytes(dirty) + bytes(flushed) < mostBytes;
  }

  private static long bytes(Set<StoredFile> files) {
    return files.stream().mapToLong(StoredFile::pendingBytes).sum();
  }

  private void run() {
    for (List<StoredFile> round = next(); !round.isEmpty(); round = next()) {
      CompletableFuture<?>[] flushes =
          round.stream()
              .map(file -> CompletableFuture.runAsync(() -> flush(file), flushing))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(flushes).join();
    }
    flushing.shutdown();
  }

  private void flush(StoredFile file) {
    try {
      file.commit();
    } finally {
      synchronized (this) {
        flushed.remove(file);
        notifyAll();
      }
    }
  }

  private synchronized List<StoredFile> next() {
    while (dirty.isEmpty() && !closed) {
      Waiting.on(this, () -> closed || !dirty.isEmpty(), 1000);
    }
    Waiting.on(
        this,
        () -> closed || waiting > 0 || dirty.stream().anyMatch(StoredFile::urgent),
        GATHER_MILLIS);
    List<StoredFile> round = new ArrayList<>(dirty);
    flushed.addAll(dirty);
    dirty.clear();
    return round;
  }

  /** After a last round. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
