package dev.waybill.executor.serve;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.transfer.Frame;
import dev.waybill.executor.wire.Wire;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.executor.wire.WireRequest;
import dev.waybill.executor.wire.WireService;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/blocks}: the sending side of the data plane. */
public final class BlocksService implements WireService {
  private static final Logger log = LoggerFactory.getLogger(BlocksService.class);
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nConnection: close\r\n\r\n"
          .formatted(Frame.MEDIA_TYPE)
          .getBytes(StandardCharsets.US_ASCII);

  private static final long GOES_ON_MILLIS = 500;

  private final BlockStore store;
  private final StreamListener listener;
  private final BlockStream.Patience patience;

  /** How many streams there are of each copy. */
  private final Map<Long, Integer> open = new ConcurrentHashMap<>();

  public BlocksService(BlockStore store, StreamListener listener) {
    this(store, listener, BlockStream.Patience.DEFAULT);
  }

  BlocksService(BlockStore store, StreamListener listener, BlockStream.Patience patience) {
    this.store = store;
    this.listener = listener;
    this.patience = patience;
  }

  @Override
  public void serve(WireRequest request, WireInput in, Wire out) throws IOException, Refusal {
    if (!out.peer().is(Role.HOST)) {
      throw new Refusal(403, "blocks are for hosts, and not for " + out.peer().described());
    }
    BlockRequest wanted = BlockRequest.of(request);
    Pacer pacer = new Pacer(wanted.rate().bytesPerSecond(), System.nanoTime());
    open.merge(wanted.copy(), 1, Integer::sum);
    boolean broken = true;
    try {
      out.whenStuck(patience.stuckMillis(), () -> listener.brokenOff(wanted.copy()));
      out.write(ByteBuffer.wrap(HEAD));
      new BlockStream(store, wanted, patience, listener, out, pacer).run();
      broken = false;
      out.finish();
    } catch (DiskFailure e) {
      broken = false;
      log.warn("{}", e.getMessage());
    } finally {
      open.computeIfPresent(wanted.copy(), (copy, streams) -> streams == 1 ? null : streams - 1);
      if (broken) {
        brokenOff(wanted.copy());
      }
    }
  }

  /** A receiver that makes more streams of one ends that, and goes on at once. */
  private void brokenOff(long copy) {
    try {
      Thread.sleep(GOES_ON_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!open.containsKey(copy)) {
      listener.brokenOff(copy);
    }
  }
}
