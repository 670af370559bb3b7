package dev.waybill.executor.serve;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.transfer.CarriedShare;
import dev.waybill.executor.transfer.Frame;
import dev.waybill.executor.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One copy on the sending side of the data plane: each block goes out as soon as it is verified
 * here, in ascending order and no faster than its rate. Runs on the thread of its request.
 */
final class BlockStream {
  private static final long WORD_MILLIS = 1000;

  /** So much of a block goes out together with its frame, and not in a packet of its own. */
  private static final int FIRST_BYTES = 16 << 10;

  private static final int FRAME_BYTES = 16;

  /**
   * How much faster than its rate a stream's packets may follow each other: enough to catch up, and
   * too little to take the place of others on a link that they fill together.
   */
  private static final double PACKETS = 1.01;

  /** A stream that carries a smaller share of its rate for a while is not getting through. */
  private static final double SLOW = 0.85;

  private static final double SLOW_START_SECONDS = 1;

  private final BlockStore store;
  private final BlockRequest request;
  private final Patience patience;
  private final StreamListener listener;
  private final Wire wire;
  private final Pacer pacer;
  private final ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES + FRAME_BYTES);
  private final CarriedShare carried = new CarriedShare(SLOW_START_SECONDS);
  private boolean contends;

  BlockStream(
      BlockStore store,
      BlockRequest request,
      Patience patience,
      StreamListener listener,
      Wire wire,
      Pacer pacer) {
    this.store = store;
    this.request = request;
    this.patience = patience;
    this.listener = listener;
    this.wire = wire;
    this.pacer = pacer;
  }

  /**
   * How long a stream waits for what may never come.
   *
   * @param unknownFileMillis for a file that nothing is known of
   * @param unexpectedBlockMillis for a block that is not on its way here
   * @param stuckMillis until its receiver may be gone, which takes nothing
   */
  record Patience(long unknownFileMillis, long unexpectedBlockMillis, long stuckMillis) {
    static final Patience DEFAULT = new Patience(10_000, 60_000, 3000);
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
    double rate = request.rate().bytesPerSecond();
    wire.pace(PACKETS * rate);
    long last = request.blocks().last();
    for (long b = request.blocks().first(); b <= last; b += request.stride()) {
      int block = (int) b;
      String refusal = await(file, block);
      if (refusal == null) {
        long since = System.nanoTime();
        refusal = send(file, block);
        sent(file.length(block) / rate, (System.nanoTime() - since) / 1e9);
      }
      if (refusal != null) {
        refuse(refusal);
        return;
      }
    }
    wire.write(new Frame.End().encode());
  }

  private void refuse(String reason) throws IOException {
    wire.write(new Frame.Refused(reason).encode());
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
    wire.write(new Frame.Waiting().encode());
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
    buffer.clear().put(new Frame.Block(block, length).encode());
    int head = buffer.position();
    buffer.limit(head + Math.min(length, Math.min(FIRST_BYTES, pacer.chunkBytes(length))));
    try {
      file.read(block, 0, buffer);
    } catch (DiskFailure e) {
      listener.suspect(file.id(), block);
      return e.getMessage();
    }
    int first = buffer.flip().limit() - head;
    for (int offset = 0; offset < length; ) {
      int chunk = pacer.chunkBytes(length - offset);
      pause(chunk);
      if (offset == 0) {
        wire.write(buffer);
      }
      send(file, block, Math.max(offset, first), offset + chunk);
      offset += chunk;
    }
    return null;
  }

  /** A block that takes {@code due} seconds at the rate has taken so many. */
  private void sent(double due, double seconds) {
    OptionalDouble share = carried.add(due, seconds);
    if (!contends && share.isPresent() && share.getAsDouble() < SLOW) {
      contends = true;
      wire.contend();
    }
  }

  private void send(StoredFile file, int block, int from, int to) throws IOException {
    try {
      if (from < to) {
        file.send(block, from, to - from, wire::send);
      }
    } catch (DiskFailure e) {
      listener.suspect(file.id(), block);
      throw e;
    }
  }

  private void pause(int bytes) {
    long wait = pacer.waitNanos(System.nanoTime(), bytes);
    while (wait > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Math.min(wait, TimeUnit.SECONDS.toNanos(1)));
      wait = pacer.waitNanos(System.nanoTime(), bytes);
    }
    pacer.sent(System.nanoTime(), bytes);
  }
}
