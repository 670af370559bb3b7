package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The format {@code waybill-network/1}: the resources, paths and hosts that a master works with.
 */
public final class NetworkFormat {
  /** What the document calls itself. */
  public static final String NAME = "waybill-network/1";

  private static final Keys KEYS =
      Keys.required("format", "resources", "hosts").optional("paths", "groups");

  private NetworkFormat() {}

  /** Reads a file's network, compressed with gzip or not. */
  public static Network read(Path path) throws IOException, FormatException {
    return readFleet(path).network();
  }

  /** Reads a file with all that it says, compressed with gzip or not. */
  public static Fleet readFleet(Path path) throws IOException, FormatException {
    return JsonInput.read(path, NetworkFormat::document);
  }

  /**
   * Reads a document, compressed with gzip or not, to its end.
   *
   * @param sourceName what errors call it
   */
  public static Network read(InputStream in, String sourceName)
      throws IOException, FormatException {
    return readFleet(in, sourceName).network();
  }

  /** Reads a document with all that it says. */
  public static Fleet readFleet(InputStream in, String sourceName)
      throws IOException, FormatException {
    return JsonInput.read(in, sourceName, NetworkFormat::document);
  }

  /** Writes a file, as a whole or not at all; with gzip where its name ends in {@code .gz}. */
  public static void write(Network network, Path path) throws IOException {
    JsonOutput.write(path, json -> document(network, json));
  }

  /** Writes a document and leaves {@code out} open. */
  public static void write(Network network, OutputStream out) throws IOException {
    JsonOutput.write(out, json -> document(network, json));
  }

  private static Fleet document(JsonCursor json) throws IOException, FormatException {
    NetworkReader network = NetworkReader.ofNetwork(json);
    json.object(
        KEYS,
        key -> {
          switch (key) {
            case "format" -> json.exactly(NAME);
            case "resources" -> network.readResources();
            case "paths" -> network.readPaths();
            case "groups" -> network.readGroups();
            default -> network.readHosts();
          }
        });
    return network.fleet();
  }

  private static void document(Network network, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", NAME);
    new NetworkWriter(json, true).write(network);
    json.writeEndObject();
  }
}
