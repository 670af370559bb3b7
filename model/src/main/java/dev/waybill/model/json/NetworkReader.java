package dev.waybill.model.json;

import dev.waybill.model.network.Allowance;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sections of the formats that describe a network, in any order, and resolves what they
 * say of each other once all of them are there.
 */
final class NetworkReader {
  private static final Keys RESOURCE = Keys.required("id", "capacity").optional("costPerByte");
  private static final Keys ALLOWED_RESOURCE =
      Keys.required("id", "capacity").optional("costPerByte", "reserved", "windows");
  private static final Keys PATH = Keys.required("from", "to", "via");
  private static final Keys GROUP = Keys.required("id", "hosts");
  private static final Keys HOST =
      Keys.required("id", "location").optional("egress", "ingress", "relay", "storage");
  private static final Keys ADDRESSED_HOST =
      Keys.required("id", "location").optional("egress", "ingress", "relay", "storage", "address");

  private final JsonCursor json;
  private final boolean ofFleet;
  private final Map<String, Allowance> allowances = new HashMap<>();
  private final Map<String, List<String>> groups = new LinkedHashMap<>();
  private final Set<String> resourceIds = new HashSet<>();
  private final Set<String> hostIds = new HashSet<>();
  private final Set<List<String>> ends = new HashSet<>();
  private List<Resource> resources = List.of();
  private List<Path> paths = List.of();
  private List<Host> hosts = List.of();

  private NetworkReader(JsonCursor json, boolean ofFleet) {
    this.json = json;
    this.ofFleet = ofFleet;
  }

  /** For an instance, whose hosts have no address. */
  static NetworkReader ofInstance(JsonCursor json) {
    return new NetworkReader(json, false);
  }

  /** For a network file, whose hosts may have one, and whose capacities may have windows. */
  static NetworkReader ofNetwork(JsonCursor json) {
    return new NetworkReader(json, true);
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

  void readGroups() throws IOException, FormatException {
    Set<String> ids = new HashSet<>();
    List<Map.Entry<String, List<String>>> read =
        json.array(
            () -> {
              List<String> hosts = new ArrayList<>();
              List<String> id = new ArrayList<>();
              json.object(
                  GROUP,
                  key -> {
                    if (key.equals("id")) {
                      id.add(json.newIdentifier(ids));
                    } else {
                      hosts.addAll(json.identifiers());
                    }
                  });
              return Map.entry(id.get(0), hosts);
            });
    read.forEach(g -> groups.put(g.getKey(), g.getValue()));
  }

  /** All of a network file. */
  Fleet fleet() throws FormatException {
    Network network = resolved();
    try {
      return new Fleet(network, groups, allowances);
    } catch (IllegalArgumentException e) {
      throw json.wrongAt("/groups", String.valueOf(e.getMessage()));
    }
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
    private double reserved;
    private List<Allowance.Window> windows = List.of();

    private double share() throws IOException, FormatException {
      double share = json.number();
      if (share >= 1) {
        throw json.wrong("not a share below 1: " + share);
      }
      return share;
    }

    Resource read() throws IOException, FormatException {
      json.object(ofFleet ? ALLOWED_RESOURCE : RESOURCE, this::field);
      if (reserved > 0 || !windows.isEmpty()) {
        allowances.put(id, new Allowance(reserved, windows));
      }
      return new Resource(id, new DataRate(capacity), costPerByte);
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "id" -> id = json.newIdentifier(resourceIds);
        case "capacity" -> capacity = json.number();
        case "reserved" -> reserved = share();
        case "windows" -> windows = json.array(() -> new WindowFields(json).read());
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
      json.object(ofFleet ? ADDRESSED_HOST : HOST, this::field);
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
