package dev.waybill.benchmarks.whole;

import dev.waybill.executor.serve.BlocksService;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.BlockWriter;
import dev.waybill.executor.store.StoreListener;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.WireServer;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Report;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.http.HostPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A host that reports every block of a file that it has never got, and that serves other bytes to
 * whoever asks for them: the real server over a store full of nothing.
 */
final class Liar implements AutoCloseable {
  private static final StoreListener NOBODY =
      new StoreListener() {
        @Override
        public void held(FileId file, BlockSet blocks) {}

        @Override
        public void lost(FileId file, BlockSet blocks) {}
      };

  private final MasterClient master;
  private final String host;
  private final FileId file;
  private final BlockLayout layout;
  private final BlockStore store;
  private final Wires wires = new Wires();
  private final WireServer server;
  private final Thread thread = new Thread(this::report, "liar");
  private volatile boolean closed;

  Liar(Path folder, MasterClient master, String host, FileId file, BlockLayout layout)
      throws IOException {
    this.master = master;
    this.host = host;
    this.file = file;
    this.layout = layout;
    Buffers buffers = new Buffers();
    this.store = BlockStore.open(folder, ManifestPolicy.OPEN, NOBODY);
    fill(store.open(file, layout.blockSize()));
    this.server =
        WireServer.start(
            new HostPort("127.0.0.1", 0),
            wires,
            buffers,
            Map.of("GET /v1/blocks", new BlocksService(store, buffers, (f, block) -> {})),
            8);
    thread.setDaemon(true);
    thread.start();
  }

  private void fill(StoredFile nothing) throws IOException {
    int blockSize = (int) layout.blockSize();
    Checksum zeros = Checksum.of(ByteBuffer.allocate(blockSize));
    nothing.learn(
        new ManifestPage(
            file, blockSize, 0, Collections.nCopies(layout.blockCount(), zeros), layout.size()));
    for (int block = 0; block < layout.blockCount(); block++) {
      try (BlockWriter w = nothing.begin(block, blockSize, Checksum.newDigest()).orElseThrow()) {
        w.write(ByteBuffer.allocate(blockSize));
        w.finish();
      }
    }
  }

  private void report() {
    FileState all =
        new FileState(file, BlockSet.prefix(layout.blockCount()), layout.size(), 0, true);
    long seen = 0;
    for (long sequence = 1; !closed; sequence++) {
      try {
        seen =
            master
                .report(
                    new Report(
                        host,
                        "liar",
                        server.address().toString(),
                        sequence,
                        seen,
                        true,
                        List.of(all),
                        List.of(),
                        List.of(),
                        List.of()))
                .map(Orders::revision)
                .orElse(seen);
        Thread.sleep(300);
      } catch (IOException e) {
        throw new IllegalStateException("the master does not take the liar's word", e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    thread.interrupt();
    wires.close();
    server.close();
    store.close();
  }
}
