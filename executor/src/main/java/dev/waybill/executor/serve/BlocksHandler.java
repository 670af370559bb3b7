package dev.waybill.executor.serve;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.transfer.Frame;
import dev.waybill.runtime.http.Exchange;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.http.Routes;
import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/blocks}: the sending side of the data plane. */
public final class BlocksHandler extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(BlocksHandler.class);

  private final BlockStore store;
  private final SuspectListener suspects;
  private final BlockStream.Patience patience;

  public BlocksHandler(BlockStore store, SuspectListener suspects) {
    this(store, suspects, BlockStream.Patience.DEFAULT);
  }

  BlocksHandler(BlockStore store, SuspectListener suspects, BlockStream.Patience patience) {
    this.store = store;
    this.suspects = suspects;
    this.patience = patience;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    BlockRequest wanted;
    try {
      wanted = BlockRequest.of(new Exchange(request, 0));
    } catch (Refusal e) {
      Routes.write(e.answer(), response, callback);
      return true;
    }
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Frame.MEDIA_TYPE);
    try {
      stream(wanted, request, response);
      callback.succeeded();
    } catch (DiskFailure e) {
      log.warn("{}", e.getMessage());
      callback.failed(e);
    } catch (IOException e) {
      log.debug("a receiver of {} has gone: {}", wanted.file(), e.getMessage());
      callback.failed(e);
    }
    return true;
  }

  private void stream(BlockRequest wanted, Request request, Response response) throws IOException {
    Pacer pacer = new Pacer(wanted.rate().bytesPerSecond(), System.nanoTime());
    RetainableByteBuffer pooled =
        request.getComponents().getByteBufferPool().acquire(BlockStream.bufferBytes(pacer), true);
    try {
      new BlockStream(
              store,
              wanted,
              patience,
              suspects,
              (last, bytes) -> Content.Sink.write(response, last, bytes),
              pacer,
              pooled.getByteBuffer())
          .run();
    } finally {
      pooled.release();
    }
  }
}
