package dev.waybill.planner.solve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A solver's file in {@code solver-config/}, which the planner's jar contains. It is read strictly:
 * all keys have to be there, once, and no others.
 */
public final class ConfigFile {
  private static final String FOLDER = "/dev/waybill/planner/solver-config/";
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ConfigFile() {}

  /** Where the jar has the file {@code name} of {@code solver-config/}. */
  public static String resource(String name) {
    return FOLDER + name;
  }

  /**
   * The configuration that the program comes with.
   *
   * @throws IllegalArgumentException where the file is not right, with a line for people
   */
  public static <T> T standard(String name, Class<T> type) {
    try (InputStream in = ConfigFile.class.getResourceAsStream(resource(name))) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource(name));
      }
      return readFile(name, in, type);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /**
   * Reads a configuration.
   *
   * @throws IOException where it is no JSON, or keys are missing, unknown, or out of range
   */
  public static <T> T read(InputStream in, Class<T> type) throws IOException {
    return STRICT.readValue(in, type);
  }

  /**
   * Reads the configuration in the file {@code name} of {@code solver-config/}.
   *
   * @throws IllegalArgumentException where the file is not right, with a line for people
   */
  public static <T> T readFile(String name, InputStream in, Class<T> type) throws IOException {
    try {
      return read(in, type);
    } catch (JsonProcessingException e) {
      String line =
          e.getCause() instanceof IllegalArgumentException wrong
              ? wrong.getMessage()
              : e.getOriginalMessage();
      throw new IllegalArgumentException("solver-config/" + name + ": " + line, e);
    }
  }
}
