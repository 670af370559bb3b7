package dev.waybill.runtime.client;

import dev.waybill.runtime.identity.Sockets;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection of the master's client to a master: one request after the other in HTTP/1.1, each
 * a small message with a small answer. A blocking socket and nothing else, since the JDK's client
 * takes longer to start than a client command takes altogether. For one thread at a time.
 */
final class HttpConnection implements Closeable {
  private static final int MAX_LINE = 16 << 10;
  private static final int MAX_BODY = 256 << 20;

  private final Socket socket;
  private final InputStream in;
  private final String host;
  private boolean reusable = true;
  private boolean answered;

  private HttpConnection(Socket socket, String host) throws IOException {
    this.socket = socket;
    this.host = host;
    this.in = new BufferedInputStream(socket.getInputStream(), 8 << 10);
  }

  /** What a master has answered. */
  static final class Response {
    private final int status;
    private final String contentType;
    private final String location;
    private final byte[] body;

    Response(int status, String contentType, String location, byte[] body) {
      this.status = status;
      this.contentType = contentType;
      this.location = location;
      this.body = body;
    }

    int status() {
      return status;
    }

    String contentType() {
      return contentType;
    }

    /** Where else to ask; empty where the master does not say. */
    String location() {
      return location;
    }

    byte[] body() {
      return body;
    }
  }

  static HttpConnection open(Sockets sockets, URI master, int connectMillis) throws IOException {
    boolean secured = "https".equals(master.getScheme());
    int port = master.getPort() < 0 ? (secured ? 443 : 80) : master.getPort();
    InetSocketAddress to = new InetSocketAddress(master.getHost(), port);
    if (to.isUnresolved()) {
      throw new IOException("its name can't be resolved");
    }
    return new HttpConnection(sockets.connect(to, connectMillis), master.getHost() + ":" + port);
  }

  /** Whether another request can follow. */
  boolean reusable() {
    return reusable;
  }

  /** Whether any byte of an answer to the last request has come. */
  boolean answered() {
    return answered;
  }

  Response call(String method, String pathAndQuery, byte[] body, int timeoutMillis)
      throws IOException {
    reusable = false;
    answered = false;
    socket.setSoTimeout(timeoutMillis);
    String head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, pathAndQuery, host, body.length);
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(body, 0, all, headBytes.length, body.length);
    socket.getOutputStream().write(all);
    return answer();
  }

  private Response answer() throws IOException {
    int status;
    Map<String, String> fields;
    do {
      status = status(line());
      fields = fields();
    } while (status >= 100 && status < 200);
    byte[] body = body(status, fields);
    boolean ends = fields.getOrDefault("connection", "").toLowerCase(Locale.ROOT).equals("close");
    reusable = !ends && delimited(status, fields);
    return new Response(
        status, fields.getOrDefault("content-type", ""), fields.getOrDefault("location", ""), body);
  }

  private static int status(String line) throws IOException {
    if (!line.startsWith("HTTP/1.") || line.length() < 12) {
      throw new StreamCorruptedException("the answer is no HTTP");
    }
    return (int) number(line.substring(9, 12), 10);
  }

  private Map<String, String> fields() throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return fields;
  }

  private static boolean delimited(int status, Map<String, String> fields) {
    return status == 204 || fields.containsKey("content-length") || chunked(fields);
  }

  private static boolean chunked(Map<String, String> fields) {
    return fields.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
  }

  private byte[] body(int status, Map<String, String> fields) throws IOException {
    if (status == 204) {
      return new byte[0];
    }
    if (chunked(fields)) {
      return chunks();
    }
    String length = fields.get("content-length");
    return length == null ? in.readNBytes(MAX_BODY) : exactly(number(length, 10));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      String line = line();
      int extension = line.indexOf(';');
      byte[] chunk = exactly(number(extension < 0 ? line : line.substring(0, extension), 16));
      if (chunk.length == 0) {
        fields();
        return all.toByteArray();
      }
      if (all.size() + chunk.length > MAX_BODY) {
        throw new StreamCorruptedException("an answer that does not end");
      }
      all.writeBytes(chunk);
      line();
    }
  }

  private byte[] exactly(long count) throws IOException {
    if (count > MAX_BODY) {
      throw new StreamCorruptedException("an answer of " + count + " bytes");
    }
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length < count) {
      throw new EOFException("the answer ends too early");
    }
    return bytes;
  }

  private static long number(String text, int radix) throws IOException {
    try {
      return Long.parseUnsignedLong(text.strip(), radix);
    } catch (NumberFormatException e) {
      throw new StreamCorruptedException("'" + text + "' in the answer is no number");
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("no answer");
      }
      answered = true;
      if (line.length() > MAX_LINE) {
        throw new StreamCorruptedException("the answer is no HTTP");
      }
      line.append((char) b);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
