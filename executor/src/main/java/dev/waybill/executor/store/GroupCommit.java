package dev.waybill.executor.store;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the block store's blocks durable in rounds: one flush of a file for all of its blocks that
 * have been verified meanwhile. A round begins a moment after the first block of it, or at once
 * when somebody waits.
 */
final class GroupCommit implements Closeable {
  private static final long GATHER_MILLIS = 200;
  private static final long STOP_MILLIS = 5000;

  private final Set<StoredFile> dirty = new LinkedHashSet<>();
  private final Thread thread = new Thread(this::run, "group-commit");
  private boolean closed;

  GroupCommit() {
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void enlist(StoredFile file) {
    if (dirty.add(file) || file.urgent()) {
      notifyAll();
    }
  }

  private void run() {
    for (List<StoredFile> round = next(); !round.isEmpty(); round = next()) {
      round.forEach(StoredFile::commit);
    }
  }

  private synchronized List<StoredFile> next() {
    while (dirty.isEmpty() && !closed) {
      Waiting.on(this, () -> closed || !dirty.isEmpty(), 1000);
    }
    Waiting.on(this, () -> closed || dirty.stream().anyMatch(StoredFile::urgent), GATHER_MILLIS);
    List<StoredFile> round = new ArrayList<>(dirty);
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
