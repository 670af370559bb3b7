package dev.waybill.executor.serve;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.transfer.BlockIntake;
import dev.waybill.executor.transfer.Frame;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.Wire;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.executor.wire.WireRequest;
import dev.waybill.executor.wire.WireServer;
import dev.waybill.executor.wire.WireService;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.Fed;
import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.identity.Role;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /v1/feed}: takes blocks from the publisher where the master has made this host an
 * origin of the file. It answers once all of them are durable.
 */
public final class FeedService implements WireService {
  private static final long DRAIN_BYTES = 64L << 20;
  private static final long DRAIN_MILLIS = 30_000;

  private final BlockStore store;
  private final Buffers buffers;
  private final BlockIntake.ManifestCall manifest;
  private final long orderMillis;

  /**
   * @param orderMillis how long the order that makes this host an origin may still be on its way
   */
  public FeedService(
      BlockStore store, Buffers buffers, BlockIntake.ManifestCall manifest, long orderMillis) {
    this.store = store;
    this.buffers = buffers;
    this.manifest = manifest;
    this.orderMillis = orderMillis;
  }

  @Override
  public void serve(WireRequest request, WireInput in, Wire out) throws IOException, Refusal {
    FileId id = request.parameter("file", FileId::parse);
    StoredFile file;
    ByteBuffer buffer;
    try {
      if (!out.peer().is(Role.CLIENT)) {
        throw new Refusal(403, "a client may feed, and not " + out.peer().described());
      }
      file = origin(id);
      buffer = buffer();
    } catch (Refusal e) {
      throw drained(in, e);
    }
    try {
      in.use(buffer);
      WireServer.answer(out, Answer.json(take(file, in)));
    } catch (Refusal e) {
      throw drained(in, e);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private ByteBuffer buffer() throws Refusal {
    try {
      return buffers.take();
    } catch (Buffers.NoneLeft e) {
      throw new Refusal(503, String.valueOf(e.getMessage()));
    }
  }

  /** Lets the publisher come to the answer, which it reads when it has sent everything. */
  private static Refusal drained(WireInput in, Refusal refusal) throws IOException {
    in.within(TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS));
    try {
      in.drain(DRAIN_BYTES);
    } catch (SocketTimeoutException e) {
      // It may come to the answer all the same.
    }
    return refusal;
  }

  private StoredFile origin(FileId id) throws Refusal {
    long deadline = System.nanoTime() + orderMillis * 1_000_000;
    StoredFile file = store.await(id, orderMillis).orElse(null);
    long leftMillis = Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
    if (file == null || !file.awaitOrigin(leftMillis)) {
      throw new Refusal(409, "this host is no origin of " + id);
    }
    return file;
  }

  private Fed take(StoredFile file, WireInput in) throws IOException, Refusal {
    BlockIntake intake = new BlockIntake(file, manifest, () -> false);
    BitSet taken = new BitSet();
    try {
      for (Frame f = Frame.read(in); !(f instanceof Frame.End); f = Frame.read(in)) {
        if (f instanceof Frame.Refused r) {
          throw new Refusal(409, "the publisher gives up: " + r.reason());
        }
        if (f instanceof Frame.Block b) {
          take(intake, file, b, in);
          taken.set(b.index());
        }
      }
      file.awaitDurable(BlockSet.of(taken));
    } catch (DiskFailure e) {
      throw new Refusal(507, String.valueOf(e.getMessage()));
    } catch (EOFException e) {
      throw Refusal.malformed(400, "the stream ends without saying so");
    } catch (StreamCorruptedException e) {
      throw Refusal.malformed(400, String.valueOf(e.getMessage()));
    }
    return new Fed(BlockSet.of(taken), file.awaited());
  }

  private static void take(BlockIntake intake, StoredFile file, Frame.Block b, WireInput in)
      throws IOException, Refusal {
    switch (intake.take(b, in)) {
      case STORED, HELD_ALREADY -> {}
      case DIFFERS ->
          throw new Refusal(
              422, "block %d of %s differs from its checksum".formatted(b.index(), file.id()));
      case NO_CHECKSUM -> throw new Refusal(409, intake.whyNoChecksum(b.index()));
    }
  }
}
