package dev.waybill.planner.instance;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A configuration of Cloudcast (Wooders et al., NSDI 2024), as its importer reads it: who sends how
 * much to whom, and what a machine of each cloud may send and receive.
 *
 * @param source a region
 * @param receivers regions
 * @param gigabytes how much is sent, 10^9 bytes
 * @param partitions into how many parts Cloudcast cuts it
 * @param egress Gbit/s, by cloud
 * @param ingress Gbit/s, by cloud
 */
public record CloudcastConfig(
    String source,
    List<String> receivers,
    double gigabytes,
    int partitions,
    Map<String, Double> egress,
    Map<String, Double> ingress) {
  private static final int MOST_PARTITIONS = 1_000_000;
  private static final Set<String> KEYS =
      Set.of(
          "source_node",
          "dest_nodes",
          "data_vol",
          "num_partitions",
          "ingress_limit",
          "egress_limit");

  public CloudcastConfig {
    receivers = List.copyOf(receivers);
    egress = Map.copyOf(egress);
    ingress = Map.copyOf(ingress);
  }

  /** Reads a file. */
  public static CloudcastConfig read(Path file) throws IOException, FormatException {
    return new Reader(file, root(file)).config();
  }

  private static JsonNode root(Path file) throws IOException, FormatException {
    ObjectMapper mapper =
        new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try {
      return mapper.readTree(String.join("\n", PlainText.lines(file)));
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw PlainText.wrong(file, line, "not JSON: " + e.getOriginalMessage());
    }
  }

  /** The regions that it names, with the place of each. */
  public Map<String, String> regions() {
    Map<String, String> regions = new LinkedHashMap<>();
    regions.put("/source_node", source);
    for (int i = 0; i < receivers.size(); i++) {
      regions.put("/dest_nodes/" + i, receivers.get(i));
    }
    return regions;
  }

  private record Reader(Path file, JsonNode root) {
    CloudcastConfig config() throws FormatException {
      if (!root.isObject()) {
        throw wrong("", "not an object");
      }
      for (Map.Entry<String, JsonNode> e : root.properties()) {
        if (!KEYS.contains(e.getKey())) {
          throw wrong("/" + e.getKey(), "unknown key");
        }
      }
      String source = text("/source_node");
      return new CloudcastConfig(
          source,
          receivers(source),
          positive("/data_vol"),
          partitions(),
          limits("/egress_limit"),
          limits("/ingress_limit"));
    }

    private int partitions() throws FormatException {
      double value = positive("/num_partitions");
      if (value != Math.rint(value) || value > MOST_PARTITIONS) {
        throw wrong("/num_partitions", "not a whole number up to " + MOST_PARTITIONS);
      }
      return (int) value;
    }

    private List<String> receivers(String source) throws FormatException {
      List<String> receivers = new ArrayList<>();
      Set<String> seen = new HashSet<>(Set.of(source));
      if (!node("/dest_nodes").isArray()) {
        throw wrong("/dest_nodes", "not an array");
      }
      for (int i = 0; i < node("/dest_nodes").size(); i++) {
        String receiver = text("/dest_nodes/" + i);
        if (!seen.add(receiver)) {
          throw wrong("/dest_nodes/" + i, "'" + receiver + "' is there twice");
        }
        receivers.add(receiver);
      }
      return receivers;
    }

    private Map<String, Double> limits(String pointer) throws FormatException {
      if (!node(pointer).isObject()) {
        throw wrong(pointer, "not an object");
      }
      Map<String, Double> limits = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> e : node(pointer).properties()) {
        limits.put(e.getKey(), positive(pointer + "/" + e.getKey()));
      }
      return limits;
    }

    private String text(String pointer) throws FormatException {
      if (!node(pointer).isTextual()) {
        throw wrong(pointer, "not a string");
      }
      return node(pointer).textValue();
    }

    private double positive(String pointer) throws FormatException {
      double value = node(pointer).isNumber() ? node(pointer).doubleValue() : Double.NaN;
      if (!(value > 0) || Double.isInfinite(value)) {
        throw wrong(pointer, "not a number above 0");
      }
      return value;
    }

    private JsonNode node(String pointer) throws FormatException {
      JsonNode node = root.at(pointer);
      if (node.isMissingNode()) {
        throw wrong(pointer, "this key is missing");
      }
      return node;
    }

    private FormatException wrong(String pointer, String reason) {
      return new FormatException(file.toString(), pointer, reason);
    }
  }
}
