package dev.waybill.planner.instance;

import dev.waybill.model.network.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * How importers make a network of nodes and links: a host at each node that has one, and between
 * every two hosts the path of least weight (Dijkstra 1959); among those the one with the fewest
 * links, then the one whose last node but one comes first.
 */
final class RoutedNetwork {
  private record Node(String name, boolean hasHost) {}

  private record Link(int from, int to, String resource, double weight) {}

  /** What is known of the way to a node: the link that it comes over, none for the start. */
  private record Reached(int node, double weight, int hops, Optional<Link> over) {
    static final Comparator<Reached> ORDER =
        Comparator.comparingDouble(Reached::weight)
            .thenComparingInt(Reached::hops)
            .thenComparingInt(r -> r.over.map(Link::from).orElse(-1))
            .thenComparingInt(Reached::node);
  }

  private final NetworkBuilder network = new NetworkBuilder();
  private final List<Node> nodes = new ArrayList<>();
  private final List<List<Link>> links = new ArrayList<>();

  /** Adds a node and returns its number, from 0. */
  int node(String name, boolean hasHost) {
    nodes.add(new Node(name, hasHost));
    links.add(new ArrayList<>());
    return nodes.size() - 1;
  }

  /**
   * Adds a link, in one direction, as a resource {@code FROM--TO}.
   *
   * @param bytesPerSecond its capacity
   * @param weight of paths over it, not negative
   */
  void link(int from, int to, double bytesPerSecond, double weight) {
    String id = nodes.get(from).name + "--" + nodes.get(to).name;
    links.get(from).add(new Link(from, to, network.resource(id, bytesPerSecond), weight));
  }

  Network build(Interfaces interfaces) {
    for (Node n : nodes) {
      if (n.hasHost) {
        interfaces.host(network, n.name);
      }
    }
    for (int from = 0; from < nodes.size(); from++) {
      if (nodes.get(from).hasHost) {
        pathsFrom(from);
      }
    }
    return network.build();
  }

  private void pathsFrom(int start) {
    List<Optional<Reached>> reached = new ArrayList<>(Collections.nCopies(nodes.size(), none()));
    PriorityQueue<Reached> queue = new PriorityQueue<>(Reached.ORDER);
    queue.add(new Reached(start, 0, 0, Optional.empty()));
    while (!queue.isEmpty()) {
      Reached r = queue.remove();
      if (reached.get(r.node).isPresent()) {
        continue;
      }
      reached.set(r.node, Optional.of(r));
      for (Link l : links.get(r.node)) {
        queue.add(new Reached(l.to, r.weight + l.weight, r.hops + 1, Optional.of(l)));
      }
    }
    for (int to = 0; to < nodes.size(); to++) {
      if (to != start && nodes.get(to).hasHost && reached.get(to).isPresent()) {
        network.path(nodes.get(start).name, nodes.get(to).name, via(reached, to));
      }
    }
  }

  private static Optional<Reached> none() {
    return Optional.empty();
  }

  private static List<String> via(List<Optional<Reached>> reached, int to) {
    List<String> via = new ArrayList<>();
    Optional<Link> over = reached.get(to).flatMap(Reached::over);
    while (over.isPresent()) {
      via.add(over.get().resource);
      over = reached.get(over.get().from).flatMap(Reached::over);
    }
    Collections.reverse(via);
    return via;
  }
}
