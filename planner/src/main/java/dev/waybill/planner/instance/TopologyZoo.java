package dev.waybill.planner.instance;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The importer of the Internet Topology Zoo (Knight et al., IEEE JSAC 29(9), 2011): a GML graph,
 * links with {@code LinkSpeedRaw} in bit/s.
 *
 * <p>Each node has a host, unless it is a {@code hyperedge}, which stands for a shared medium. A
 * link of an undirected graph is two resources, one a direction. Parallel links are one whose speed
 * is their sum; a link from a node to itself is left out.
 */
public final class TopologyZoo {
  private static final double BITS_PER_BYTE = 8;

  /**
   * What a file does not say, and what is made of it.
   *
   * @param defaultSpeed bytes per second of links without {@code LinkSpeedRaw}; empty: an error
   * @param weight of links on the paths
   * @param internalOnly whether nodes with {@code Internal 0}, which belong to other networks, are
   *     left out; a node that does not say is internal
   */
  public record Settings(
      OptionalDouble defaultSpeed,
      LinkWeight weight,
      boolean internalOnly,
      Interfaces interfaces) {}

  /**
   * What is in a file.
   *
   * @param name of the network, as an identifier
   */
  public record Read(String name, Network network) {}

  private final Path file;
  private final Settings settings;
  private final RoutedNetwork routed = new RoutedNetwork();
  private final NodeNames names = new NodeNames();
  private final Map<Integer, GmlNode> nodes = new LinkedHashMap<>();

  private TopologyZoo(Path file, Settings settings) {
    this.file = file;
    this.settings = settings;
  }

  /** A node: its place in the network, or null where it is left out. */
  private record GmlNode(GmlList list, String name, @Nullable Integer index) {}

  /** Both ends of a link, as they are numbered in the network. */
  private record Ends(int from, int to) {}

  /** Links between the same two nodes, taken together. */
  private record Bundle(double bytesPerSecond, double weight) {
    Bundle plus(Bundle other) {
      return new Bundle(bytesPerSecond + other.bytesPerSecond, Math.min(weight, other.weight));
    }
  }

  /** Reads a file. */
  public static Read read(Path file, Settings settings) throws IOException, FormatException {
    return new TopologyZoo(file, settings).read();
  }

  private Read read() throws IOException, FormatException {
    GmlList document = GmlReader.read(file);
    List<GmlList> graphs = document.lists("graph");
    if (graphs.size() != 1) {
      throw document.wrong(graphs.size() + " graphs, not one");
    }
    GmlList graph = graphs.get(0);
    readNodes(graph);
    boolean directed = graph.number("directed").orElse(0.0) != 0;
    Map<Ends, Bundle> bundles = new LinkedHashMap<>();
    for (GmlList edge : graph.lists("edge")) {
      GmlNode source = end(edge, "source");
      GmlNode target = end(edge, "target");
      Bundle link = link(edge, source, target);
      Integer from = source.index;
      Integer to = target.index;
      if (from == null || to == null || from.equals(to)) {
        continue;
      }
      bundles.merge(new Ends(from, to), link, Bundle::plus);
      if (!directed) {
        bundles.merge(new Ends(to, from), link, Bundle::plus);
      }
    }
    bundles.forEach((e, b) -> routed.link(e.from, e.to, b.bytesPerSecond, b.weight));
    String label = graph.text("label").orElse(file.getFileName().toString());
    return new Read(NodeNames.network(label), routed.build(settings.interfaces));
  }

  private void readNodes(GmlList graph) throws FormatException {
    List<GmlList> lists = new ArrayList<>(graph.lists("node"));
    for (GmlList node : lists) {
      names.add(node.text("label").orElse(""));
    }
    for (GmlList node : lists) {
      int id = node.whole("a node", "id");
      String name = names.of(node.text("label").orElse(""), id);
      boolean left = settings.internalOnly && node.number("Internal").orElse(1.0) == 0;
      boolean host = node.number("hyperedge").orElse(0.0) == 0;
      Integer index = left ? null : routed.node(name, host);
      if (nodes.put(id, new GmlNode(node, name, index)) != null) {
        throw node.wrong("a second node with id " + id);
      }
    }
    if (nodes.isEmpty()) {
      throw graph.wrong("a graph without nodes");
    }
  }

  private GmlNode end(GmlList edge, String key) throws FormatException {
    int id = edge.whole("an edge", key);
    GmlNode node = nodes.get(id);
    if (node == null) {
      throw edge.wrong("edge: " + key + " " + id + " is no node");
    }
    return node;
  }

  private Bundle link(GmlList edge, GmlNode from, GmlNode to) throws FormatException {
    String what = "edge from " + from.name + " to " + to.name;
    double speed;
    if (edge.number("LinkSpeedRaw").isPresent()) {
      speed = edge.number("LinkSpeedRaw").orElseThrow() / BITS_PER_BYTE;
    } else if (settings.defaultSpeed.isPresent()) {
      speed = settings.defaultSpeed.getAsDouble();
    } else {
      throw edge.wrong(what + " has no LinkSpeedRaw; --default-speed sets it");
    }
    if (!(speed > 0)) {
      throw edge.wrong(what + ": LinkSpeedRaw is not above 0");
    }
    return new Bundle(speed, settings.weight.of(edge, what, from.list, to.list, speed));
  }
}
