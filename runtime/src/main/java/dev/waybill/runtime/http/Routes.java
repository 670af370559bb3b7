package dev.waybill.runtime.http;

import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Peer;
import dev.waybill.runtime.identity.RefusalLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which endpoint of an HTTP server answers which method on which path. Filled before the server
 * starts.
 */
public final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);

  private final Map<String, Map<String, Handler>> handlers = new HashMap<>();
  private final int bodyLimit;
  private @Nullable Credentials credentials;
  private RefusalLog refusals = HttpServer.refusals();

  /**
   * @param bodyLimit bytes that a request's message may have
   */
  public Routes(int bodyLimit) {
    this.bodyLimit = bodyLimit;
  }

  public Routes get(String path, Endpoint endpoint) {
    return add("GET", path, new EndpointHandler(endpoint));
  }

  /**
   * An endpoint that is asked once the whole message is there: a client that is slow to send it, or
   * never does, holds up no thread.
   */
  public Routes post(String path, Endpoint endpoint) {
    return add("POST", path, new MessageHandler(endpoint));
  }

  private Routes add(String method, String path, Handler handler) {
    handlers.computeIfAbsent(path, p -> new HashMap<>()).put(method, handler);
    return this;
  }

  /** Every {@code METHOD PATH} that is answered. */
  public Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    handlers.forEach((path, of) -> of.keySet().forEach(m -> operations.add(m + " " + path)));
    return operations;
  }

  /**
   * @param secured what connections are secured with; null: they are not
   * @param log is told whom endpoints turn away because of who they are, or since what they send is
   *     malformed
   */
  Handler handler(@Nullable Credentials secured, RefusalLog log) {
    credentials = secured;
    refusals = log;
    return new Dispatch(handlers);
  }

  private Peer peer(Request request) throws IOException {
    return TlsConnector.peer(credentials, request);
  }

  private static void write(Answer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    if (!answer.contentType().isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    }
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  private static final class Dispatch extends Handler.Abstract {
    private final Map<String, Map<String, Handler>> handlers;

    Dispatch(Map<String, Map<String, Handler>> handlers) {
      this.handlers = handlers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      Map<String, Handler> methods = handlers.get(path);
      if (methods == null) {
        write(Answer.problem(404, "not found", "there is no " + path), response, callback);
        return true;
      }
      Handler handler = methods.get(request.getMethod());
      if (handler == null) {
        write(
            Answer.problem(405, "wrong method", path + " takes " + methods.keySet()),
            response,
            callback);
        return true;
      }
      return handler.handle(request, response, callback);
    }
  }

  private class EndpointHandler extends Handler.Abstract {
    private final Endpoint endpoint;

    EndpointHandler(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      answer(new byte[0], request, response, callback);
      return true;
    }

    void answer(byte[] body, Request request, Response response, Callback callback) {
      try {
        endpoint
            .handle(new Exchange(request, peer(request), body))
            .whenComplete(
                (answer, failure) ->
                    write(
                        failure == null ? answer : answerTo(failure, request),
                        request,
                        response,
                        callback));
      } catch (IOException | Refusal | RuntimeException e) {
        write(answerTo(e, request), request, response, callback);
      }
    }

    static void write(Answer answer, Request request, Response response, Callback callback) {
      if (answer.server() != null) {
        response
            .getHeaders()
            .put(HttpHeader.LOCATION, answer.server() + request.getHttpURI().getPathQuery());
      }
      Routes.write(answer, response, callback);
    }

    Answer answerTo(Throwable failure, Request request) {
      Throwable cause =
          failure.getCause() != null && !(failure instanceof Refusal)
              ? failure.getCause()
              : failure;
      if (cause instanceof Refusal r) {
        Answer answer = r.answer();
        if (r.turnsAway()) {
          refusals.refused(Request.getRemoteAddr(request), String.valueOf(r.getMessage()));
        }
        return answer;
      }
      log.error("a request failed", cause);
      return Answer.problem(500, "failed", "a bug or a full disk; the log says more");
    }
  }

  private final class MessageHandler extends EndpointHandler {
    MessageHandler(Endpoint endpoint) {
      super(endpoint);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      new Body(
              request,
              bodyLimit,
              body -> answer(body, request, response, callback),
              refusal -> write(answerTo(refusal, request), request, response, callback))
          .run();
      return true;
    }
  }
}
