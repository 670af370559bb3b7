package dev.waybill.executor.serve;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.WireServer;
import dev.waybill.executor.wire.Wires;
import dev.waybill.runtime.http.HostPort;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** The data plane of a host without the rest of its executor, impatient enough for tests. */
public final class DataPlane implements Closeable {
  private final Wires wires = new Wires();
  private final Buffers buffers = new Buffers();
  private final WireServer server;

  private DataPlane(BlockStore store, StreamListener listener) throws IOException {
    BlocksService blocks =
        new BlocksService(store, listener, new BlockStream.Patience(300, 300, 300));
    FeedService feed = new FeedService(store, buffers, (file, block) -> {}, 300);
    server =
        WireServer.start(
            new HostPort("127.0.0.1", 0),
            wires,
            Map.of("GET /v1/blocks", blocks, "POST /v1/feed", feed),
            32);
  }

  public static DataPlane of(BlockStore store, StreamListener listener) throws IOException {
    return new DataPlane(store, listener);
  }

  public HostPort address() {
    return server.address();
  }

  public Wires wires() {
    return wires;
  }

  @Override
  public void close() throws IOException {
    server.close();
    wires.close();
  }
}
