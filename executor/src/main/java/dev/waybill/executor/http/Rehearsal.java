package dev.waybill.executor.http;

import dev.waybill.executor.serve.BlocksService;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.BlockWriter;
import dev.waybill.executor.store.StoreListener;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.transfer.Copies;
import dev.waybill.executor.transfer.CopyListener;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.WireServer;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.runtime.files.ScratchFolder;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.SignatureRehearsal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few mebibytes sent over loopback from one scratch store of the executor to another, at its
 * start: a JVM that has never moved a block needs seconds of processor time for the first ones,
 * just when a distribution begins and every hop adds to the delay of the next. The same classes
 * carry the real thing.
 */
final class Rehearsal implements StoreListener, CopyListener {
  private static final Logger log = LoggerFactory.getLogger("executor");
  private static final FileId FILE = new FileId("rehearsal", 1);
  private static final BlockLayout LAYOUT = new BlockLayout(16 << 20, 4 << 10);
  private static final double BYTES_PER_SECOND = 8e6;
  private static final long LIMIT_SECONDS = 20;
  private static final int HANDSHAKES = 8;

  private final CountDownLatch ended = new CountDownLatch(1);

  private final HostAgent.Settings settings;

  private Rehearsal(HostAgent.Settings settings) {
    this.settings = settings;
  }

  /**
   * Rehearses in a folder beneath the executor's, which is gone afterwards; a failure is no failure
   * of the executor.
   */
  static void run(HostAgent.Settings settings) {
    try (ScratchFolder scratch = ScratchFolder.at(settings.dataDir().resolve("rehearsal"))) {
      new Rehearsal(settings).copy(scratch.path());
    } catch (IOException e) {
      log.debug("no rehearsal", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Path scratch) throws IOException, InterruptedException {
    Buffers buffers = new Buffers();
    Credentials credentials = believed(settings.credentials());
    try (BlockStore from = BlockStore.open(scratch.resolve("from"), ManifestPolicy.OPEN, this);
        BlockStore to = BlockStore.open(scratch.resolve("to"), ManifestPolicy.OPEN, this);
        Wires wires = new Wires(credentials);
        WireServer server = serve(from, wires);
        Copies copies = new Copies(settings.host(), to, wires, buffers, Copies.STALL, this)) {
      fill(from.open(FILE, LAYOUT.blockSize()), to.open(FILE, LAYOUT.blockSize()));
      int last = LAYOUT.blockCount() - 1;
      CopyOrder order =
          new CopyOrder(
              1, FILE, settings.host(), server.address().toString(), 0, last, BYTES_PER_SECOND);
      copies.open(order, BlockSet.of(0, last));
      if (credentials != null) {
        SignatureRehearsal.run(credentials, Thread.currentThread()::isInterrupted);
        connect(wires, server.address().toString());
      }
      ConversationRehearsal.run(to.open(ConversationRehearsal.FILE, LAYOUT.blockSize()));
      if (!ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        log.debug("the rehearsal took too long");
      }
    }
  }

  /** The first handshakes take 200 ms of processor time each. */
  private void connect(Wires wires, String address) {
    try {
      for (int i = 0; i < HANDSHAKES; i++) {
        wires.connect(address, settings.host()).close();
      }
    } catch (IOException e) {
      // Slow, on a machine with other work; the rest of the rehearsal goes on.
      log.debug("no more handshakes are rehearsed", e);
    }
  }

  /** With others it would only fail. */
  private static @Nullable Credentials believed(@Nullable Credentials credentials) {
    return credentials == null || credentials.trouble() != null ? null : credentials;
  }

  private static WireServer serve(BlockStore store, Wires wires) throws IOException {
    return WireServer.start(
        new HostPort("127.0.0.1", 0),
        wires,
        Map.of("GET /v1/blocks", new BlocksService(store, (file, block) -> {})),
        2 * HANDSHAKES);
  }

  private static void fill(StoredFile from, StoredFile to) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(LAYOUT.blockSize())];
    new Random(1).nextBytes(bytes);
    Checksum checksum = Checksum.of(ByteBuffer.wrap(bytes));
    ManifestPage page =
        new ManifestPage(
            FILE,
            LAYOUT.blockSize(),
            0,
            Collections.nCopies(LAYOUT.blockCount(), checksum),
            LAYOUT.size());
    from.learn(page);
    to.learn(page);
    MessageDigest digest = Checksum.newDigest();
    for (int block = 0; block < LAYOUT.blockCount(); block++) {
      try (BlockWriter writer = from.begin(block, bytes.length, digest).orElseThrow()) {
        writer.write(ByteBuffer.wrap(bytes));
        writer.finish();
      }
    }
  }

  @Override
  public void held(FileId file, BlockSet blocks) {}

  @Override
  public void lost(FileId file, BlockSet blocks) {}

  @Override
  public void wanted(FileId file, int block) {}

  @Override
  public void ended(CopyOutcome outcome) {
    ended.countDown();
  }
}
