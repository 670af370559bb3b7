package dev.waybill.executor.transfer;

import dev.waybill.executor.wire.Head;
import dev.waybill.executor.wire.Wire;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.ProblemDetails;
import dev.waybill.runtime.identity.TlsFailure;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of the data plane to another executor, and the stream that answers it. It is
 * HTTP/1.0, so that the body is what comes until the connection ends and needs no decoding. Reads
 * block up to the stall time; closing it from another thread ends them.
 */
final class PeerStream implements Closeable {
  private static final int MAX_PROBLEM_BYTES = 8 << 10;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");

  private @Nullable Wire wire;
  private boolean closed;

  /** Ends what another thread does with it; it can't be used any more. */
  @Override
  public synchronized void close() {
    closed = true;
    if (wire != null) {
      wire.close();
    }
  }

  /** The peer can't be reached at all. */
  static final class Unreachable extends IOException {
    Unreachable(String line, Throwable cause) {
      super(line, cause);
    }
  }

  /** The peer answered with another status than 200. */
  static final class Refused extends IOException {
    Refused(String line) {
      super(line);
    }
  }

  /**
   * Sends the request and reads the head of the answer.
   *
   * @param host who is to answer
   * @param stallMillis how long a read waits for the next byte
   * @param buffer for what comes in, as long as the stream is used
   * @return the body
   */
  WireInput get(
      Wires wires,
      String host,
      String address,
      String pathAndQuery,
      int stallMillis,
      ByteBuffer buffer)
      throws IOException {
    Wire out = connect(wires, host, address);
    out.patience(stallMillis);
    String head =
        "GET %s HTTP/1.0\r\nHost: %s\r\nAccept: %s\r\nConnection: close\r\n\r\n"
            .formatted(pathAndQuery, address, Frame.MEDIA_TYPE);
    out.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    WireInput in = new WireInput(out, buffer);
    in.within(TimeUnit.MILLISECONDS.toNanos(stallMillis));
    int status;
    try {
      status = status(in.readHead());
    } catch (TlsFailure e) {
      // Whether a peer believes this side is known when it answers.
      throw new Unreachable(address + " can't be reached: " + e.getMessage(), e);
    }
    if (status != 200) {
      throw new Refused(problem(status, in.readUpTo(MAX_PROBLEM_BYTES)));
    }
    in.withoutHaste();
    return in;
  }

  /** Bytes that the kernel keeps for this side to read, once it is connected. */
  synchronized int receiveBuffer() throws IOException {
    return Objects.requireNonNull(wire, "not connected").receiveBuffer();
  }

  private Wire connect(Wires wires, String host, String address) throws IOException {
    Wire made;
    try {
      made = wires.connect(address, host);
    } catch (IOException e) {
      throw new Unreachable(address + " can't be reached: " + e.getMessage(), e);
    }
    synchronized (this) {
      wire = made;
      if (closed) {
        made.close();
      }
    }
    return made;
  }

  private static int status(Head head) throws IOException {
    Matcher statusLine = STATUS_LINE.matcher(head.firstLine());
    if (!statusLine.matches()) {
      throw new StreamCorruptedException("the answer is no HTTP");
    }
    return Integer.parseInt(statusLine.group(1));
  }

  private static String problem(int status, byte[] body) throws IOException {
    try {
      return Messages.read(new ByteArrayInputStream(body), "answer", ProblemDetails.class).detail();
    } catch (FormatException e) {
      return "status " + status;
    }
  }
}
