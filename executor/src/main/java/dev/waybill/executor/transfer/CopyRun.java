package dev.waybill.executor.transfer;

import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyOutcome.Failed;
import dev.waybill.model.protocol.CopyOutcome.Reason;
import dev.waybill.model.protocol.CopyOutcome.Succeeded;
import dev.waybill.model.protocol.CopyPace;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One copy on the receiving side of the data plane: one request, one stream, one thread. */
final class CopyRun implements Runnable {
  /** A sender that is so many times slower than its rate is given up. */
  private static final double SLOWEST = 50;

  private static final double GATHER_BYTES = 32 << 10;
  private static final double LEAST_GATHER_SECONDS = 0.001;
  private static final double MOST_GATHER_SECONDS = 0.02;

  private final String host;
  private final Wires wires;
  private final Buffers buffers;
  private final CopyOrder order;
  private final StoredFile file;
  private final BlockSet missing;
  private final int stallMillis;
  private final CopyListener listener;
  private final PeerStream stream = new PeerStream();
  private volatile boolean closed;
  private final long openedNanos = System.nanoTime();
  private double firstSeconds;
  private double lastSeconds;
  private int next;

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
    this.wires = wires;
    this.buffers = buffers;
    this.order = order;
    this.file = file;
    this.missing = missing;
    this.stallMillis = stallMillis;
    this.listener = listener;
    this.next = missing.ranges().get(0).first();
  }

  /** Ends it without an outcome. */
  void close() {
    closed = true;
    stream.close();
  }

  @Override
  public void run() {
    CopyOutcome outcome = outcome();
    if (!closed) {
      listener.ended(outcome);
    }
  }

  private CopyOutcome outcome() {
    try (StoredFile.Expected expected = file.expect(missing);
        stream) {
      receive();
      file.awaitDurable(missing);
      return new Succeeded(order.id(), new CopyPace(firstSeconds, lastSeconds, sinceOpened()));
    } catch (DiskFailure e) {
      return failed(Reason.OWN_DISK, "disk:" + host, e);
    } catch (PeerStream.Unreachable e) {
      return failed(Reason.UNREACHABLE, sender(), e);
    } catch (PeerStream.Refused e) {
      return failed(Reason.REFUSED, sender(), e);
    } catch (WrongBlock e) {
      return failed(Reason.CHECKSUM_DIFFERS, sender(), e);
    } catch (NoChecksum e) {
      return new Failed(order.id(), Reason.BROKEN, next, List.of(), String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      IOException line = new IOException(order.from() + ": " + e.getMessage(), e);
      return failed(Reason.TIMED_OUT, sender(), line);
    } catch (IOException e) {
      return failed(Reason.BROKEN, sender(), e);
    }
  }

  private double sinceOpened() {
    return (System.nanoTime() - openedNanos) / 1e9;
  }

  private String sender() {
    return "host:" + order.from();
  }

  private Failed failed(Reason reason, String blamed, IOException e) {
    String detail = e.getMessage() == null ? "the stream ended too early" : e.getMessage();
    return new Failed(order.id(), reason, next, List.of(blamed), detail);
  }

  private void receive() throws IOException {
    ByteBuffer buffer = buffers.take();
    try {
      receive(buffer);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private void receive(ByteBuffer buffer) throws IOException {
    int last = missing.end() - 1;
    WireInput in = stream.get(wires, order.address(), request(next, last), stallMillis, buffer);
    in.gather(gatherNanos());
    BlockIntake intake = new BlockIntake(file, listener, () -> closed);
    while (true) {
      Frame frame = Frame.read(in);
      if (frame instanceof Frame.Refused r) {
        throw new PeerStream.Refused(r.reason());
      }
      if (frame instanceof Frame.End) {
        if (next <= last) {
          throw new EOFException("the sender ended before block " + next);
        }
        return;
      }
      if (frame instanceof Frame.Block b) {
        if (b.index() != next || next > last) {
          throw new StreamCorruptedException(
              "block " + b.index() + " instead of " + (next > last ? "the end" : "" + next));
        }
        in.within(patienceNanos(b));
        take(intake, b, in);
        in.withoutHaste();
        lastSeconds = sinceOpened();
        firstSeconds = firstSeconds == 0 ? lastSeconds : firstSeconds;
        next++;
      }
    }
  }

  /** How long a block may take whose first byte is there. */
  private long patienceNanos(Frame.Block block) {
    double seconds = stallMillis / 1e3 + SLOWEST * block.length() / order.rate();
    return (long) Math.min(Long.MAX_VALUE / 4.0, seconds * 1e9);
  }

  /** How long so many bytes take to arrive that reading them is worth waking up. */
  private long gatherNanos() {
    double seconds = Math.min(MOST_GATHER_SECONDS, GATHER_BYTES / order.rate());
    return seconds < LEAST_GATHER_SECONDS ? 0 : (long) (seconds * 1e9);
  }

  private void take(BlockIntake intake, Frame.Block b, WireInput in) throws IOException {
    switch (intake.take(b, in)) {
      case STORED, HELD_ALREADY -> {}
      case DIFFERS ->
          throw new WrongBlock(
              "block %d of %s from %s differs from its checksum"
                  .formatted(b.index(), file.id(), order.from()));
      case NO_CHECKSUM ->
          throw new NoChecksum(
              "the master has not said what the checksum of block %d of %s is"
                  .formatted(b.index(), file.id()));
    }
  }

  private String request(int first, int last) {
    return "/v1/blocks?file=%s&first=%d&last=%d&rate=%s&copy=%d"
        .formatted(
            URLEncoder.encode(file.id().toString(), StandardCharsets.UTF_8),
            first,
            last,
            Double.toString(order.rate()),
            order.id());
  }

  private static final class WrongBlock extends IOException {
    WrongBlock(String line) {
      super(line);
    }
  }

  private static final class NoChecksum extends IOException {
    NoChecksum(String line) {
      super(line);
    }
  }
}
