package dev.waybill.executor.transfer;

import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyOutcome.Failed;
import dev.waybill.model.protocol.CopyOutcome.Reason;
import dev.waybill.model.protocol.CopyOutcome.Succeeded;
import dev.waybill.model.protocol.CopyPace;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One copy on the receiving side of the data plane, on a thread of its own: one connection, or
 * several where one does not carry its rate, or its thread can't hash and write so fast.
 */
final class CopyRun implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(CopyRun.class);
  private static final int MOST_LANES = 4;

  /** What one thread reads, hashes and writes also where its processor has other work. */
  private static final double LANE_BYTES_PER_SECOND = 300e6;

  /** For less a connection more is not worth being made. */
  private static final double LEAST_LANE_BYTES = 8 << 20;

  /** Of fewer blocks one lane may get nearly all, at its part of the rate. */
  private static final double LEAST_LANE_BLOCKS = 4;

  /** A connection that carries less than this is slow for other reasons than its window. */
  private static final double LEAST_LANE_BYTES_PER_SECOND = 2e6;

  private final String host;
  private final CopyOrder order;
  private final StoredFile file;
  private final BlockSet missing;
  private final CopyListener listener;
  private final Lanes.Copy shared;
  private volatile Lanes lanes;
  private volatile boolean closed;
  private final long openedNanos = System.nanoTime();
  private double firstSeconds;
  private double lastSeconds;

  /**
   * @param missing the order's blocks that this host lacks, at least one
   * @param stallMillis how long the sender may say nothing
   */
  CopyRun(
      String host,
      Wires wires,
      Buffers buffers,
      CopyOrder order,
      StoredFile file,
      BlockSet missing,
      int stallMillis,
      CopyListener listener) {
    this.host = host;
    this.order = order;
    this.file = file;
    this.missing = missing;
    this.listener = listener;
    this.shared =
        new Lanes.Copy(
            order, file, wires, buffers, stallMillis, listener, this::took, () -> closed);
    int count = lanesFor(order.rate(), missing.count(), file.blockSize());
    this.lanes = lanes(count, missing.ranges().get(0).first(), 0);
  }

  private Lanes lanes(int count, int first, double before) {
    return new Lanes(shared, count, first, missing.end() - 1, before, mayDivide(count));
  }

  /** A power of two, since lanes that do not carry their rate are doubled. */
  private static int lanesFor(double rate, int blocks, long blockSize) {
    int most = Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors());
    double worth = Math.min(blocks / LEAST_LANE_BLOCKS, blocks * blockSize / LEAST_LANE_BYTES);
    double useful = Math.min(Math.ceil(rate / LANE_BYTES_PER_SECOND), worth);
    return Integer.highestOneBit((int) Math.max(1, Math.min(most, useful)));
  }

  /** Ends it without an outcome. */
  void close() {
    closed = true;
    lanes.close();
  }

  @Override
  public void run() {
    CopyOutcome outcome = outcome();
    if (!closed) {
      listener.ended(outcome);
    }
  }

  private CopyOutcome outcome() {
    try (StoredFile.Expected expected = file.expect(missing)) {
      receive();
      file.awaitDurable(missing);
      return new Succeeded(order.id(), new CopyPace(firstSeconds, lastSeconds, sinceOpened()));
    } catch (DiskFailure e) {
      return failed(Reason.OWN_DISK, "disk:" + host, e);
    } catch (PeerStream.Unreachable e) {
      return failed(Reason.UNREACHABLE, sender(), e);
    } catch (PeerStream.Refused e) {
      return failed(Reason.REFUSED, sender(), e);
    } catch (Lane.WrongBlock e) {
      return failed(Reason.CHECKSUM_DIFFERS, sender(), e, e.block());
    } catch (Lane.NoChecksum | Buffers.NoneLeft e) {
      return nobodysFault(String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      IOException line = new IOException(order.from() + ": " + e.getMessage(), e);
      return failed(Reason.TIMED_OUT, sender(), line);
    } catch (IOException e) {
      return failed(Reason.BROKEN, sender(), e);
    } catch (RuntimeException | Error e) {
      log.error("copy {} failed", order.id(), e);
      return nobodysFault("a bug in the executor, or too little memory: " + e);
    }
  }

  private Failed nobodysFault(String detail) {
    return new Failed(order.id(), Reason.BROKEN, lanes.next(), List.of(), detail);
  }

  private double sinceOpened() {
    return (System.nanoTime() - openedNanos) / 1e9;
  }

  private String sender() {
    return "host:" + order.from();
  }

  private Failed failed(Reason reason, String blamed, IOException e) {
    return failed(reason, blamed, e, lanes.next());
  }

  private Failed failed(Reason reason, String blamed, IOException e, int block) {
    String detail = e.getMessage() == null ? "the stream ended too early" : e.getMessage();
    return new Failed(order.id(), reason, block, List.of(blamed), detail);
  }

  private void receive() throws IOException {
    Lanes now = lanes;
    now.run();
    while (now.next() < missing.end() && !closed) {
      now = lanes(2 * now.count(), now.next(), now.share());
      lanes = now;
      if (closed) {
        now.close();
      }
      now.run();
    }
  }

  private boolean mayDivide(int count) {
    return 2 * count <= MOST_LANES && order.rate() / (2 * count) >= LEAST_LANE_BYTES_PER_SECOND;
  }

  private synchronized void took() {
    lastSeconds = sinceOpened();
    firstSeconds = firstSeconds == 0 ? lastSeconds : firstSeconds;
  }
}
