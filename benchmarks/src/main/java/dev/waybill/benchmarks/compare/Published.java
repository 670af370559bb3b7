package dev.waybill.benchmarks.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waybill.model.json.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure that others have published for an instance of a comparison. {@code published.json},
 * beside the instance's file, has a list of them for each name of an instance.
 *
 * @param system whose figure it is
 * @param unit of the value, such as {@code s}
 * @param what it measures
 * @param source where it is published
 */
public record Published(String system, double value, String unit, String what, String source) {
  private static final String FILE = "published.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is published for an instance, in the order of the file; none where there is no file. */
  public static List<Published> of(String instanceName, Path instanceFile)
      throws IOException, FormatException {
    Path file = instanceFile.resolveSibling(FILE);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    JsonNode all;
    try {
      all = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new FormatException(file.toString(), "", "not JSON: " + e.getOriginalMessage());
    }
    List<Published> out = new ArrayList<>();
    JsonNode list = all.path(instanceName);
    for (int i = 0; i < list.size(); i++) {
      JsonNode node = list.path(i);
      if (!node.path("value").isNumber() || !node.path("system").isTextual()) {
        throw new FormatException(
            file.toString(),
            "/" + instanceName + "/" + i,
            "not a published figure: it needs a system (a string) and a value (a number)");
      }
      out.add(
          new Published(
              node.path("system").asText(),
              node.path("value").doubleValue(),
              node.path("unit").asText(""),
              node.path("what").asText(""),
              node.path("source").asText("")));
    }
    return out;
  }
}
