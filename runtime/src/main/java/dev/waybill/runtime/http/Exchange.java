package dev.waybill.runtime.http;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.runtime.identity.Peer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A request as an endpoint of an HTTP server sees it: parameters and a body that is read up to a
 * limit.
 */
public final class Exchange {
  private final Request request;
  private final Fields parameters;
  private final int bodyLimit;
  private final byte @Nullable [] read;
  private final Peer peer;

  /**
   * @param read the whole body, where it has been read already
   */
  Exchange(Request request, int bodyLimit, Peer peer, byte @Nullable [] read) {
    this.peer = peer;
    this.request = request;
    this.parameters = Request.extractQueryParameters(request);
    this.bodyLimit = bodyLimit;
    this.read = read;
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
            .orElseThrow(() -> Refusal.badRequest("parameter '" + name + "' is missing"));
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "parameter '" + name + "': " + e.getMessage());
    }
  }

  /** The body as a message of the protocol. */
  public <T> T body(Class<T> type) throws IOException, Refusal {
    byte[] bytes = read == null ? wholeBody() : read;
    try {
      return Messages.read(new ByteArrayInputStream(bytes), "body", type);
    } catch (FormatException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private byte[] wholeBody() throws IOException, Refusal {
    if (request.getLength() > bodyLimit) {
      throw tooLarge(bodyLimit);
    }
    byte[] bytes;
    try (InputStream in = Content.Source.asInputStream(request)) {
      bytes = in.readNBytes(bodyLimit + 1);
    }
    if (bytes.length > bodyLimit) {
      throw tooLarge(bodyLimit);
    }
    return bytes;
  }

  /** The body as it comes, without a limit. */
  public InputStream stream() {
    return Content.Source.asInputStream(request);
  }

  static Refusal tooLarge(int bodyLimit) {
    return new Refusal(413, "a body of more than " + bodyLimit + " bytes");
  }
}
