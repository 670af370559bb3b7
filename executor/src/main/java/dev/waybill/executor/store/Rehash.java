package dev.waybill.executor.store;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads blocks of the block store again and compares them with the manifest, on a few threads. */
final class Rehash {
  private static final Logger log = LoggerFactory.getLogger(Rehash.class);
  private static final int BUFFER_BYTES = 256 << 10;
  private static final long WORD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int threads;

  Rehash(int threads) {
    this.threads = threads;
  }

  /** Those of {@code blocks}, all of them in the manifest, whose bytes are right. */
  BlockSet right(StoredFile file, BlockSet blocks) {
    Run run = new Run(file, blocks);
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, blocks.count()); i++) {
      Thread t = new Thread(run, "rehash-" + i);
      t.setDaemon(true);
      t.start();
      others.add(t);
    }
    run.run();
    for (Thread t : others) {
      joined(t);
    }
    return run.right();
  }

  private static void joined(Thread t) {
    boolean interrupted = false;
    while (t.isAlive()) {
      try {
        t.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Run implements Runnable {
    private final StoredFile file;
    private final BitSet todo;
    private final int total;
    private final BitSet right = new BitSet();
    private int done;
    private long lastWordNanos = System.nanoTime();

    Run(StoredFile file, BlockSet blocks) {
      this.file = file;
      this.todo = blocks.toBitSet();
      this.total = blocks.count();
    }

    @Override
    public void run() {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      for (int block = next(); block >= 0; block = next()) {
        done(block, isRight(block, buffer));
      }
    }

    private synchronized int next() {
      int block = todo.nextSetBit(0);
      if (block >= 0) {
        todo.clear(block);
      }
      return block;
    }

    private synchronized void done(int block, boolean isRight) {
      right.set(block, isRight);
      done++;
      long now = System.nanoTime();
      if (now - lastWordNanos > WORD_EVERY_NANOS) {
        lastWordNanos = now;
        log.info("verifying {}: {} of {} blocks", file.id(), done, total);
      }
    }

    synchronized BlockSet right() {
      return BlockSet.of(right);
    }

    private boolean isRight(int block, ByteBuffer buffer) {
      MessageDigest digest = Checksum.newDigest();
      try {
        for (long offset = 0; offset < file.length(block); offset += buffer.limit()) {
          buffer.clear();
          file.read(block, offset, buffer);
          digest.update(buffer.flip());
        }
        if (Checksum.of(digest).equals(file.checksum(block))) {
          return true;
        }
        log.warn("block {} of {} differs from its checksum on disk", block, file.id());
      } catch (DiskFailure e) {
        log.warn("{}", e.getMessage());
      }
      return false;
    }
  }
}
