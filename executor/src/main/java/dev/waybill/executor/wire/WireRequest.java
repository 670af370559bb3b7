package dev.waybill.executor.wire;

import dev.waybill.runtime.http.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A request to the server of the data plane.
 *
 * @param length bytes of the body; {@link Long#MAX_VALUE} where the body ends with the connection
 */
public record WireRequest(String method, String path, Map<String, String> parameters, long length) {
  public WireRequest {
    parameters = Map.copyOf(parameters);
  }

  static WireRequest of(Head head) throws Refusal {
    String[] words = head.firstLine().split(" ", -1);
    if (words.length != 3 || !words[1].startsWith("/") || !words[2].startsWith("HTTP/1.")) {
      throw Refusal.malformed(400, "this is no HTTP request");
    }
    int question = words[1].indexOf('?');
    String path = question < 0 ? words[1] : words[1].substring(0, question);
    Map<String, String> parameters = new HashMap<>();
    if (question >= 0) {
      for (String pair : words[1].substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return new WireRequest(words[0], path, parameters, length(words[0], head));
  }

  private static long length(String method, Head head) throws Refusal {
    String text = head.fields().get("content-length");
    if (text == null) {
      return method.equals("GET") ? 0 : Long.MAX_VALUE;
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.malformed(400, "content-length '" + text + "'");
    }
  }

  private static String decoded(String text) throws Refusal {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(400, "'" + text + "' is not encoded as it should be");
    }
  }

  /**
   * A parameter that has to be there.
   *
   * @param parse what makes it of the text, with an {@code IllegalArgumentException} where it can't
   */
  public <T> T parameter(String name, Function<String, T> parse) throws Refusal {
    String text = parameters.get(name);
    if (text == null) {
      throw Refusal.malformed(400, "parameter '" + name + "' is missing");
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(400, "parameter '" + name + "': " + e.getMessage());
    }
  }
}
