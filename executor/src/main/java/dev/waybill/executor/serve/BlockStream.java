package dev.waybill.executor.serve;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.transfer.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One copy on the sending side of the data plane: each block goes out as soon as it is verified
 * here, in ascending order and no faster than its rate. Runs on the thread of its request.
 */
final class BlockStream {
  private static final long WORD_MILLIS = 1000;
  private static final int FRAME_BYTES = 9;

  private final BlockStore store;
  private final BlockRequest request;
  private final Patience patience;
  private final SuspectListener suspects;
  private final Wire wire;
  private final Pacer pacer;
  private final ByteBuffer buffer;

  /**
   * @param buffer direct, at least {@link Pacer#chunkBytes} and a frame's head long
   */
  BlockStream(
      BlockStore store,
      BlockRequest request,
      Patience patience,
      SuspectListener suspects,
      Wire wire,
      Pacer pacer,
      ByteBuffer buffer) {
    this.store = store;
    this.request = request;
    this.patience = patience;
    this.suspects = suspects;
    this.wire = wire;
    this.pacer = pacer;
    this.buffer = buffer;
  }

  /** The bytes that a stream's buffer needs. */
  static int bufferBytes(Pacer pacer) {
    return FRAME_BYTES + pacer.chunkBytes();
  }

  /** Where the stream goes; a write returns once the bytes have been taken. */
  @FunctionalInterface
  interface Wire {
    void write(boolean last, ByteBuffer bytes) throws IOException;
  }

  /**
   * How long a stream waits for what may never come.
   *
   * @param unknownFileMillis for a file that nothing is known of
   * @param unexpectedBlockMillis for a block that is not on its way here
   */
  record Patience(long unknownFileMillis, long unexpectedBlockMillis) {
    static final Patience DEFAULT = new Patience(10_000, 60_000);
  }

  /**
   * Sends everything, up to a last frame that says how it ended.
   *
   * @throws IOException where the receiver has gone, or a block that has been begun can't be read;
   *     the stream then ends without a last frame
   */
  void run() throws IOException {
    StoredFile file = awaitFile();
    if (file == null) {
      refuse("this host does not have " + request.file());
      return;
    }
    for (int block = request.blocks().first(); block <= request.blocks().last(); block++) {
      String refusal = await(file, block);
      if (refusal == null) {
        refusal = send(file, block);
      }
      if (refusal != null) {
        refuse(refusal);
        return;
      }
    }
    wire.write(true, new Frame.End().encode());
  }

  private void refuse(String reason) throws IOException {
    wire.write(true, new Frame.Refused(reason).encode());
  }

  private @Nullable StoredFile awaitFile() throws IOException {
    for (long waited = 0; waited < patience.unknownFileMillis; waited += WORD_MILLIS) {
      long slice = Math.min(WORD_MILLIS, patience.unknownFileMillis - waited);
      Optional<StoredFile> file = store.await(request.file(), slice);
      if (file.isPresent()) {
        return file.get();
      }
      stillThere();
    }
    return null;
  }

  private void stillThere() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("this executor stops");
    }
    wire.write(false, new Frame.Waiting().encode());
  }

  /** Waits for a block; returns why it will not come, or null once it is there. */
  private @Nullable String await(StoredFile file, int block) throws IOException {
    long hopelessMillis = 0;
    while (!file.awaitVerified(block, Math.min(WORD_MILLIS, patience.unexpectedBlockMillis))) {
      if (file.beyondEnd(block)) {
        return "%s has no block %d".formatted(file.id(), block);
      }
      hopelessMillis = file.expects(block) ? 0 : hopelessMillis + WORD_MILLIS;
      if (hopelessMillis >= patience.unexpectedBlockMillis) {
        return "block %d of %s is not on its way here".formatted(block, file.id());
      }
      stillThere();
    }
    return null;
  }

  /** Sends a block; returns why it can't be read where nothing of it has been sent yet. */
  private @Nullable String send(StoredFile file, int block) throws IOException {
    int length = file.length(block);
    for (int offset = 0; offset < length; ) {
      buffer.clear();
      if (offset == 0) {
        buffer.put(new Frame.Block(block, length).encode());
      }
      int begin = buffer.position();
      buffer.limit(Math.min(buffer.capacity(), begin + pacer.chunkBytes()));
      try {
        file.read(block, offset, buffer);
      } catch (DiskFailure e) {
        suspects.suspect(file.id(), block);
        if (offset == 0) {
          return e.getMessage();
        }
        throw e;
      }
      int bytes = buffer.position() - begin;
      pause(bytes);
      wire.write(false, buffer.flip());
      offset += bytes;
    }
    return null;
  }

  private void pause(int bytes) {
    long wait = pacer.waitNanos(System.nanoTime());
    while (wait > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Math.min(wait, TimeUnit.SECONDS.toNanos(1)));
      wait = pacer.waitNanos(System.nanoTime());
    }
    pacer.sent(System.nanoTime(), bytes);
  }
}
