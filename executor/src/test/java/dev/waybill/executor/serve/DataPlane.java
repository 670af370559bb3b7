package dev.waybill.executor.serve;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.runtime.http.Endpoint;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.HttpServer;
import dev.waybill.runtime.http.Routes;
import java.io.IOException;

/** The data plane of a host without the rest of its executor, impatient enough for tests. */
public final class DataPlane {
  private DataPlane() {}

  public static HttpServer of(BlockStore store, SuspectListener suspects) throws IOException {
    Routes routes =
        new Routes(1000)
            .stream(
                    "GET",
                    "/v1/blocks",
                    new BlocksHandler(store, suspects, new BlockStream.Patience(300, 300)))
                .post("/v1/feed", Endpoint.of(new FeedEndpoint(store, (file, block) -> {}, 300)));
    return HttpServer.start(new HostPort("127.0.0.1", 0), routes, 32);
  }
}
