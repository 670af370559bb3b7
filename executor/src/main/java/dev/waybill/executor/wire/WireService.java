package dev.waybill.executor.wire;

import dev.waybill.runtime.http.Refusal;
import java.io.IOException;

/** What answers one kind of request to the server of the data plane, on the request's thread. */
@FunctionalInterface
public interface WireService {
  /**
   * Reads the body and writes the answer.
   *
   * @throws Refusal where nothing of an answer has been written yet
   */
  void serve(WireRequest request, WireInput in, Wire out) throws IOException, Refusal;
}
