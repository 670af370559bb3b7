package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * The messages of {@code dev.waybill.model.protocol} as JSON, read strictly: unknown, missing and
 * duplicate keys are errors.
 */
public final class Messages {
  private static final Pattern THE_READERS_OWN =
      Pattern.compile(
          " \\(index \\d+\\); `\\w+\\.\\w+` enabled| \\(start marker at \\[[^\\]]{0,300}\\]\\)| \\(token `[^`]{0,200}`\\)");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private Messages() {}

  public static byte[] write(Object message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a message that has no JSON form: " + message.getClass(), e);
    }
  }

  /** For people: indented. */
  public static String pretty(Object message) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a message that has no JSON form: " + message.getClass(), e);
    }
  }

  /**
   * @param source what it is read from, for the error
   * @throws FormatException where it is not a message of this type; names the place
   * @throws IOException where reading itself fails
   */
  public static <T> T read(InputStream in, String source, Class<T> type)
      throws IOException, FormatException {
    try (JsonParser parser = MAPPER.createParser(in)) {
      T message = MAPPER.readValue(parser, type);
      if (message == null) {
        throw new FormatException(source, "", "null is no " + type.getSimpleName());
      }
      return message;
    } catch (JsonProcessingException e) {
      throw new FormatException(source, pointer(e), reason(e));
    }
  }

  /** A message as whoever gets it has it: written and read. Rehearsals do so to no other end. */
  @SuppressWarnings("unchecked") // it is read as what it was
  public static <T> T throughJson(T message) {
    InputStream written = new ByteArrayInputStream(write(message));
    try {
      return (T) read(written, "a message of our own", message.getClass());
    } catch (IOException | FormatException e) {
      throw new IllegalStateException("a message that can't be read: " + message.getClass(), e);
    }
  }

  private static String pointer(JsonProcessingException e) {
    StringBuilder pointer = new StringBuilder();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        pointer.append('/');
        if (step.getFieldName() != null) {
          pointer.append(step.getFieldName());
        } else {
          pointer.append(step.getIndex());
        }
      }
    }
    return pointer.toString();
  }

  /** Without what the reader says of itself. */
  private static String reason(JsonProcessingException e) {
    Throwable cause = e.getCause();
    String said = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
    String line = said != null ? said : String.valueOf(e.getOriginalMessage());
    return THE_READERS_OWN.matcher(line).replaceAll("");
  }
}
