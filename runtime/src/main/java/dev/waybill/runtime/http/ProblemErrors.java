package dev.waybill.runtime.http;

import dev.waybill.runtime.identity.RefusalLog;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What the server answers by itself, to a request that is no HTTP, as problem details without any
 * internals.
 */
final class ProblemErrors extends ErrorHandler {
  private final RefusalLog refusals;

  ProblemErrors(RefusalLog refusals) {
    this.refusals = refusals;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : 500;
    if (status < 500) {
      refusals.refused(
          Request.getRemoteAddr(request), "its request is no HTTP that is served here");
    }
    Answer answer = Answer.problem(status, "not served", "the request can't be served");
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }
}
