package dev.waybill.model.json;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sections of the formats that describe a network, in any order, and resolves what they
 * say of each other once all of them are there.
 */
final class NetworkReader {
  private static final Keys RESOURCE = Keys.required("id", "capacity").optional("costPerByte");
  private static final Keys PATH = Keys.required("from", "to", "via");
  private static final Keys HOST =
      Keys.required("id", "location").optional("egress", "ingress", "relay", "storage");
  private static final Keys ADDRESSED_HOST =
      Keys.required("id", "location").optional("egress", "ingress", "relay", "storage", "address");

  private final JsonCursor json;
  private final Keys hostKeys;
  private final Set<String> resourceIds = new HashSet<>();
  private final Set<String> hostIds = new HashSet<>();
  private final Set<List<String>> ends = new HashSet<>();
  private List<Resource> resources = List.of();
  private List<Path> paths = List.of();
  private List<Host> hosts = List.of();

  private NetworkReader(JsonCursor json, Keys hostKeys) {
    this.json = json;
    this.hostKeys = hostKeys;
  }

  /** For an instance, whose hosts have no address. */
  static NetworkReader ofInstance(JsonCursor json) {
    return new NetworkReader(json, HOST);
  }

  /** For a network file, whose hosts may have one. */
  static NetworkReader ofNetwork(JsonCursor json) {
    return new NetworkReader(json, ADDRESSED_HOST);
  }

  void readResources() throws IOException, FormatException {
    resources = json.array(() -> new ResourceFields().read());
  }

  void readPaths() throws IOException, FormatException {
    paths = json.array(this::path);
  }

  void readHosts() throws IOException, FormatException {
    hosts = json.array(() -> new HostFields().read());
  }

  boolean knowsHost(String id) {
    return hostIds.contains(id);
  }

  Network resolved() throws FormatException {
    for (int i = 0; i < paths.size(); i++) {
      requireKnown("/paths/" + i + "/via/", paths.get(i).via());
    }
    for (int i = 0; i < hosts.size(); i++) {
      requireKnown("/hosts/" + i + "/egress/", hosts.get(i).egress());
      requireKnown("/hosts/" + i + "/ingress/", hosts.get(i).ingress());
    }
    return new Network(resources, paths, hosts);
  }

  private void requireKnown(String pointer, List<String> ids) throws FormatException {
    for (int i = 0; i < ids.size(); i++) {
      if (!resourceIds.contains(ids.get(i))) {
        throw json.wrongAt(pointer + i, "there is no resource '" + ids.get(i) + "'");
      }
    }
  }

  private Path path() throws IOException, FormatException {
    Path path = new PathFields().read();
    if (!ends.add(List.of(path.from(), path.to()))) {
      throw json.wrong("a second path from '" + path.from() + "' to '" + path.to() + "'");
    }
    return path;
  }

  private final class ResourceFields {
    private String id = "";
    private double capacity;
    private double costPerByte;

    Resource read() throws IOException, FormatException {
      json.object(RESOURCE, this::field);
      return new Resource(id, new DataRate(capacity), costPerByte);
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "id" -> id = json.newIdentifier(resourceIds);
        case "capacity" -> capacity = json.number();
        default -> costPerByte = json.number();
      }
    }
  }

  private final class PathFields {
    private String from = "";
    private String to = "";
    private List<String> via = List.of();

    Path read() throws IOException, FormatException {
      json.object(PATH, this::field);
      return new Path(from, to, via);
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "from" -> from = json.identifier();
        case "to" -> to = json.identifier();
        default -> via = json.identifiers();
      }
    }
  }

  private final class HostFields {
    private String id = "";
    private String location = "";
    private List<String> egress = List.of();
    private List<String> ingress = List.of();
    private boolean relay;
    private @Nullable DataSize storage;
    private @Nullable String address;

    Host read() throws IOException, FormatException {
      json.object(hostKeys, this::field);
      return new Host(id, location, egress, ingress, relay, storage, address);
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "id" -> id = json.newIdentifier(hostIds);
        case "location" -> location = json.identifier();
        case "egress" -> egress = json.identifiers();
        case "ingress" -> ingress = json.identifiers();
        case "relay" -> relay = json.flag();
        case "storage" -> storage = new DataSize(json.whole());
        default -> address = json.text(NetworkReader::requireAddress);
      }
    }
  }

  private static String requireAddress(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    String port = text.substring(colon + 1);
    if (!host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]")
        || !port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("not HOST:PORT: '" + text + "'");
    }
    return text;
  }
}
