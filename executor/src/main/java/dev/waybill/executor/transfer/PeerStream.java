package dev.waybill.executor.transfer;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.ProblemDetails;
import dev.waybill.runtime.http.HostPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP request of the data plane to another executor, and the stream that answers it. It is
 * HTTP/1.0, so that the body is what comes until the connection ends and needs no decoding. Reads
 * block up to the stall time; closing it from another thread ends them.
 */
final class PeerStream implements Closeable {
  private static final int CONNECT_MILLIS = 3000;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int MAX_PROBLEM_BYTES = 8 << 10;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");

  private final Socket socket = new Socket();

  /** Ends what another thread does with it; it can't be used any more. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
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
   * @param stallMillis how long a read waits for the next byte
   * @return the body
   */
  DataInputStream get(String address, String pathAndQuery, int stallMillis) throws IOException {
    connect(address);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(stallMillis);
    String head =
        "GET %s HTTP/1.0\r\nHost: %s\r\nAccept: %s\r\nConnection: close\r\n\r\n"
            .formatted(pathAndQuery, address, Frame.MEDIA_TYPE);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    int status = readHead(in);
    if (status != 200) {
      throw new Refused(problem(status, in.readNBytes(MAX_PROBLEM_BYTES)));
    }
    return in;
  }

  private void connect(String address) throws Unreachable {
    try {
      InetSocketAddress to = HostPort.parse(address).resolve();
      if (to.isUnresolved()) {
        throw new IOException("its name can't be resolved");
      }
      socket.connect(to, CONNECT_MILLIS);
    } catch (IOException | IllegalArgumentException e) {
      throw new Unreachable(address + " can't be reached: " + e.getMessage(), e);
    }
  }

  private static int readHead(DataInputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the stream ends before the answer's head does");
      }
      head.write(b);
      if (b == '\n') {
        text = head.toString(StandardCharsets.ISO_8859_1);
      }
      if (head.size() > MAX_HEADER_BYTES) {
        throw new StreamCorruptedException("the answer is no HTTP");
      }
    }
    Matcher statusLine = STATUS_LINE.matcher(text.substring(0, text.indexOf("\r\n")));
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
