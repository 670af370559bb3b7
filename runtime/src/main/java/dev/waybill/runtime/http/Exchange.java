package dev.waybill.runtime.http;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.runtime.identity.Peer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** A request as an endpoint of an HTTP server sees it: parameters and the whole body. */
public final class Exchange {
  private final Fields parameters;
  private final byte[] body;
  private final Peer peer;

  /**
   * @param body the whole of it
   */
  Exchange(Request request, Peer peer, byte[] body) {
    this.peer = peer;
    this.parameters = Request.extractQueryParameters(request);
    this.body = body;
  }

  /** Who asks. */
  public Peer peer() {
    return peer;
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.getValue(name));
  }

  /**
   * A parameter that has to be there.
   *
   * @param parse what makes it of the text, with an {@code IllegalArgumentException} where it can't
   */
  public <T> T parameter(String name, Function<String, T> parse) throws Refusal {
    String text =
        parameter(name)
            .orElseThrow(() -> Refusal.malformed(400, "parameter '" + name + "' is missing"));
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(400, "parameter '" + name + "': " + e.getMessage());
    }
  }

  /** The body as a message of the protocol. */
  public <T> T body(Class<T> type) throws IOException, Refusal {
    try {
      return Messages.read(new ByteArrayInputStream(body), "body", type);
    } catch (FormatException e) {
      throw Refusal.malformed(400, String.valueOf(e.getMessage()));
    }
  }
}
