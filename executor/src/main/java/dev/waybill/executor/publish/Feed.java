package dev.waybill.executor.publish;

import dev.waybill.executor.transfer.Frame;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.ProblemDetails;
import dev.waybill.runtime.client.PlainHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How the generator sends blocks to an origin: one request for consecutive ones. */
final class Feed {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration STALLED = Duration.ofSeconds(60);

  private final HttpClient http = PlainHttp.newClient(CONNECT);
  private long doneBytes;
  private volatile long bytes;

  /**
   * Returns when the origin has verified and stored all of {@code run}.
   *
   * @throws java.net.ConnectException where nothing listens there
   * @throws IOException where it refuses, breaks off or stalls
   */
  void send(String address, FileId file, BlockSource source, BlockRange run)
      throws IOException, InterruptedException {
    FrameStream frames = new FrameStream(source, run);
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> frames), FrameStream.lengthOf(source, run));
    URI uri =
        URI.create(
            "http://%s/v1/feed?file=%s"
                .formatted(address, URLEncoder.encode(file.toString(), StandardCharsets.UTF_8)));
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Content-Type", Frame.MEDIA_TYPE).POST(body).build();
    HttpResponse<byte[]> response =
        await(http.sendAsync(request, BodyHandlers.ofByteArray()), frames);
    if (response.statusCode() != 200) {
      bytes = doneBytes;
      throw new IOException(reason(response));
    }
    doneBytes += frames.payloadBytes();
    bytes = doneBytes;
  }

  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> answer, FrameStream frames)
      throws IOException, InterruptedException {
    long seen = 0;
    long sinceNanos = System.nanoTime();
    try {
      while (true) {
        try {
          return answer.get(200, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          bytes = doneBytes + frames.payloadBytes();
          if (frames.payloadBytes() != seen) {
            seen = frames.payloadBytes();
            sinceNanos = System.nanoTime();
          } else if (System.nanoTime() - sinceNanos > STALLED.toNanos()) {
            throw new IOException("has taken nothing for " + STALLED.toSeconds() + " s", e);
          }
        }
      }
    } catch (ExecutionException e) {
      bytes = doneBytes;
      throw broken(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException broken(@Nullable Throwable cause) {
    if (cause instanceof IOException io && io.getMessage() != null) {
      return io;
    }
    if (cause instanceof java.net.ConnectException connect) {
      return connect;
    }
    return new IOException("the connection broke", cause);
  }

  private static String reason(HttpResponse<byte[]> response) {
    try {
      ByteArrayInputStream body = new ByteArrayInputStream(response.body());
      return "refuses: " + Messages.read(body, "its answer", ProblemDetails.class).detail();
    } catch (IOException | FormatException e) {
      return "refuses with status " + response.statusCode();
    }
  }

  /** Bytes of blocks that have been sent. */
  long bytes() {
    return bytes;
  }
}
