package dev.waybill.executor.serve;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.transfer.Frame;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.Wire;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.executor.wire.WireRequest;
import dev.waybill.executor.wire.WireService;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/blocks}: the sending side of the data plane. */
public final class BlocksService implements WireService {
  private static final Logger log = LoggerFactory.getLogger(BlocksService.class);
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nConnection: close\r\n\r\n"
          .formatted(Frame.MEDIA_TYPE)
          .getBytes(StandardCharsets.US_ASCII);

  private final BlockStore store;
  private final Buffers buffers;
  private final StreamListener listener;
  private final BlockStream.Patience patience;

  public BlocksService(BlockStore store, Buffers buffers, StreamListener listener) {
    this(store, buffers, listener, BlockStream.Patience.DEFAULT);
  }

  BlocksService(
      BlockStore store, Buffers buffers, StreamListener listener, BlockStream.Patience patience) {
    this.store = store;
    this.buffers = buffers;
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
    ByteBuffer buffer = buffers.take();
    try {
      out.write(ByteBuffer.wrap(HEAD));
      send(new BlockStream(store, wanted, patience, listener, out, pacer, buffer), wanted.copy());
      out.finish();
    } catch (DiskFailure e) {
      log.warn("{}", e.getMessage());
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private void send(BlockStream stream, long copy) throws IOException {
    try {
      stream.run();
    } catch (DiskFailure e) {
      throw e;
    } catch (IOException e) {
      listener.brokenOff(copy);
      throw e;
    }
  }
}
