package dev.waybill.executor.transfer;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The receiving side of the data plane: the copies that are being carried out. Thread-safe. */
public final class Copies implements Closeable {
  /** How long a sender may say nothing, not even that it waits. */
  public static final Duration STALL = Duration.ofSeconds(10);

  private final String host;
  private final BlockStore store;
  private final Wires wires;
  private final Buffers buffers;
  private final Duration stall;
  private final CopyListener listener;
  private final Map<Long, CopyRun> running = new ConcurrentHashMap<>();

  /**
   * @param host the id of this host
   */
  public Copies(
      String host,
      BlockStore store,
      Wires wires,
      Buffers buffers,
      Duration stall,
      CopyListener listener) {
    this.host = host;
    this.store = store;
    this.wires = wires;
    this.buffers = buffers;
    this.stall = stall;
    this.listener = listener;
  }

  /**
   * Begins a copy; the listener hears how it goes.
   *
   * @param missing the blocks of the order that this host lacks, at least one
   */
  public void open(CopyOrder order, BlockSet missing) {
    StoredFile file = store.find(order.file()).orElse(null);
    if (file == null) {
      listener.ended(
          new CopyOutcome.Failed(
              order.id(),
              CopyOutcome.Reason.OWN_DISK,
              order.first(),
              List.of("disk:" + host),
              order.file() + " can't be stored here"));
      return;
    }
    CopyRun run =
        new CopyRun(
            host,
            wires,
            buffers,
            order,
            file,
            missing,
            Math.toIntExact(stall.toMillis()),
            listener);
    running.put(order.id(), run);
    Thread thread =
        new Thread(
            () -> {
              try {
                run.run();
              } finally {
                running.remove(order.id(), run);
              }
            },
            "copy-" + order.id());
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends a copy where it still runs; there is no outcome. */
  public void close(long id) {
    CopyRun run = running.remove(id);
    if (run != null) {
      run.close();
    }
  }

  @Override
  public void close() {
    List.copyOf(running.keySet()).forEach(this::close);
  }
}
