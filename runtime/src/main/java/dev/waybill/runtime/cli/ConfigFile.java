package dev.waybill.runtime.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.waybill.model.json.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * The configuration file of a command: one JSON object whose keys are the long names of its
 * options. Flags are {@code true} or {@code false}; lists may be arrays of strings.
 */
final class ConfigFile {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private ConfigFile() {}

  static Map<String, String> read(Path file, Options options) throws IOException, FormatException {
    String source = file.toString();
    try (JsonParser parser = JSON.createParser(Files.readAllBytes(file))) {
      Map<String, String> values = new LinkedHashMap<>();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new FormatException(source, "", "not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        Option option = options.getOption(key);
        if (option == null || !mayBeConfigured(option)) {
          throw new FormatException(source, "/" + key, "there is no option '" + key + "'");
        }
        parser.nextToken();
        read(parser, source, option, values);
      }
      if (parser.nextToken() != null) {
        throw new FormatException(source, "", "something follows the object");
      }
      return values;
    } catch (JsonProcessingException e) {
      throw new FormatException(source, "", e.getOriginalMessage());
    }
  }

  private static boolean mayBeConfigured(Option option) {
    return switch (option.getLongOpt()) {
      case "config", "help" -> false;
      case "version" -> option.hasArg();
      default -> true;
    };
  }

  private static void read(
      JsonParser parser, String source, Option option, Map<String, String> values)
      throws IOException, FormatException {
    String key = option.getLongOpt();
    JsonToken token = parser.currentToken();
    if (!option.hasArg()) {
      if (token == JsonToken.VALUE_TRUE) {
        values.put(key, "true");
      } else if (token != JsonToken.VALUE_FALSE) {
        throw new FormatException(source, "/" + key, "not true or false");
      }
      return;
    }
    if (token == JsonToken.START_ARRAY) {
      List<String> parts = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
          throw new FormatException(source, "/" + key + "/" + parts.size(), "not a string");
        }
        parts.add(parser.getText());
      }
      values.put(key, String.join(",", parts));
    } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
      values.put(key, parser.getText());
    } else {
      throw new FormatException(source, "/" + key, "not a string, a number or a list of strings");
    }
  }
}
