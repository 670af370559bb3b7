package dev.waybill.executor.publish;

import dev.waybill.executor.transfer.Frame;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.Head;
import dev.waybill.executor.wire.Wire;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Fed;
import dev.waybill.model.protocol.ProblemDetails;
import dev.waybill.runtime.identity.TlsFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How the generator sends blocks to an origin: one request for a batch of them. */
final class Feed {
  private static final int STALLED_MILLIS = 60_000;
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private final Wires wires;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Buffers.BYTES);
  private long doneBytes;
  private volatile long bytes;

  Feed(Wires wires) {
    this.wires = wires;
  }

  /**
   * Sends all blocks of {@code runs}, in their order; {@link #awaitStored} is to follow.
   *
   * @throws ConnectException where nothing listens there
   * @throws IOException where it refuses, breaks off or stalls
   */
  Wire send(String host, String address, FileId file, BlockSource source, List<BlockRange> runs)
      throws IOException, ContentDiffers {
    Wire wire = connect(host, address);
    boolean sent = false;
    try {
      wire.patience(STALLED_MILLIS);
      String head =
          "POST /v1/feed?file=%s HTTP/1.0\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(
                  URLEncoder.encode(file.toString(), StandardCharsets.UTF_8),
                  address,
                  Frame.MEDIA_TYPE,
                  lengthOf(source, runs));
      wire.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      frames(wire, source, runs);
      sent = true;
      return wire;
    } catch (SocketTimeoutException e) {
      throw stalled(e);
    } finally {
      if (!sent) {
        bytes = doneBytes;
        wire.close();
      }
    }
  }

  /**
   * Returns the origin's answer, when it has verified and stored what was sent; closes the
   * connection.
   *
   * @throws IOException where it refuses, breaks off or stalls
   */
  Fed awaitStored(Wire wire) throws IOException {
    try (wire) {
      Fed answer = answer(new WireInput(wire, buffer));
      doneBytes = bytes;
      return answer;
    } catch (SocketTimeoutException e) {
      throw stalled(e);
    } finally {
      bytes = doneBytes;
    }
  }

  private static IOException stalled(SocketTimeoutException e) {
    return new IOException("has taken nothing for " + STALLED_MILLIS / 1000 + " s", e);
  }

  private Wire connect(String host, String address) throws ConnectException, TlsFailure {
    try {
      return wires.connect(address, host);
    } catch (TlsFailure e) {
      throw e;
    } catch (IOException e) {
      ConnectException none = new ConnectException(e.getMessage());
      none.initCause(e);
      throw none;
    }
  }

  private static long lengthOf(BlockSource source, List<BlockRange> runs) {
    long total = new Frame.End().encode().remaining();
    for (BlockRange run : runs) {
      for (int b = run.first(); b <= run.last(); b++) {
        int length = source.length(b);
        total += new Frame.Block(b, length).encode().remaining() + length;
      }
    }
    return total;
  }

  /** Writes the blocks; where the origin breaks off because it refuses, its answer is read next. */
  private void frames(Wire wire, BlockSource source, List<BlockRange> runs)
      throws IOException, ContentDiffers {
    long sent = doneBytes;
    for (BlockRange run : runs) {
      for (int b = run.first(); b <= run.last(); b++) {
        int length = source.length(b);
        wire.write(new Frame.Block(b, length).encode());
        source.send(b, wire);
        sent += length;
        bytes = sent;
      }
    }
    wire.write(new Frame.End().encode());
  }

  private static Fed answer(WireInput in) throws IOException {
    Head head;
    try {
      head = in.readHead();
    } catch (IOException e) {
      throw e instanceof SocketTimeoutException ? e : new IOException("the connection broke", e);
    }
    try {
      ByteArrayInputStream body = new ByteArrayInputStream(in.readUpTo(MAX_ANSWER_BYTES));
      if (head.firstLine().contains(" 200 ")) {
        return Messages.read(body, "its answer", Fed.class);
      }
      throw new IOException(
          "refuses: " + Messages.read(body, "its answer", ProblemDetails.class).detail());
    } catch (FormatException e) {
      throw new IOException("refuses: " + head.firstLine(), e);
    }
  }

  /** Bytes of blocks that have been sent. */
  long bytes() {
    return bytes;
  }
}
