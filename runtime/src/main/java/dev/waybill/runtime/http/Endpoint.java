package dev.waybill.runtime.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One method on one path of an HTTP server. Its answer may come later; no thread waits for it. */
@FunctionalInterface
public interface Endpoint {
  CompletionStage<Answer> handle(Exchange exchange) throws IOException, Refusal;

  /** An endpoint that answers at once. */
  static Endpoint of(Immediate endpoint) {
    return exchange -> CompletableFuture.completedFuture(endpoint.handle(exchange));
  }

  /** An endpoint that answers at once. */
  @FunctionalInterface
  interface Immediate {
    Answer handle(Exchange exchange) throws IOException, Refusal;
  }
}
