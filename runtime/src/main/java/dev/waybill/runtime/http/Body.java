package dev.waybill.runtime.http;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;

/**
 * The body of a request to an HTTP server while it comes in; no thread waits for it.
 *
 * <p>One that is too long is read on to its end, or far enough, before it is refused: a client that
 * still sends when the connection is closed never reads the answer.
 */
final class Body implements Runnable {
  private static final int FAR = 16;

  private final Content.Source source;
  private final int limit;
  private final Consumer<byte[]> whole;
  private final Consumer<Refusal> refused;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long length;

  /**
   * @param limit bytes that it may have
   * @param whole is given all of it
   * @param refused is told why not
   */
  Body(Content.Source source, int limit, Consumer<byte[]> whole, Consumer<Refusal> refused) {
    this.source = source;
    this.limit = limit;
    this.whole = whole;
    this.refused = refused;
  }

  /** Reads what is there, and goes on when there is more. */
  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        refused.accept(Refusal.malformed(400, "the body ends too early"));
        return;
      }
      take(chunk);
      if (chunk.isLast() || length > (long) FAR * limit) {
        end();
        return;
      }
    }
  }

  private void take(Content.Chunk chunk) {
    length += chunk.remaining();
    if (length <= limit) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.get(bytes, 0, bytes.length);
      kept.writeBytes(bytes);
    }
    chunk.release();
  }

  private void end() {
    if (length > limit) {
      refused.accept(Refusal.malformed(413, "a body of more than " + limit + " bytes"));
    } else {
      whole.accept(kept.toByteArray());
    }
  }
}
