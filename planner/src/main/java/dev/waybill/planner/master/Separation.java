package dev.waybill.planner.master;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network in which some hosts are not connected with some others: each of them gets a location of
 * its own, with the paths of the one where it is, but none between the two.
 */
final class Separation {
  private final Network network;
  private final Map<String, Set<String>> avoided;
  private final Map<String, String> locations = new HashMap<>();

  private Separation(Network network, Map<String, Set<String>> avoided) {
    this.network = network;
    this.avoided = avoided;
    avoided.forEach(
        (receiver, senders) -> {
          own(receiver);
          senders.forEach(this::own);
        });
  }

  /**
   * @param avoided by receiver, the senders that it gets nothing from
   */
  static Network of(Network network, Map<String, Set<String>> avoided) {
    return avoided.isEmpty() ? network : new Separation(network, avoided).separated();
  }

  private void own(String host) {
    Host h = network.hosts().get(host);
    if (h != null) {
      locations.put(host, h.location() + "/host:" + host);
    }
  }

  private Network separated() {
    List<Host> hosts = new ArrayList<>();
    // Each location by its name now, with where it was and whose it is.
    Map<String, String> was = new HashMap<>();
    Map<String, String> whose = new HashMap<>();
    Set<String> all = new LinkedHashSet<>();
    for (Host h : network.hosts().values()) {
      String now = locations.getOrDefault(h.id(), h.location());
      was.put(now, h.location());
      if (!now.equals(h.location())) {
        whose.put(now, h.id());
      }
      all.add(now);
      hosts.add(
          new Host(h.id(), now, h.egress(), h.ingress(), h.relay(), h.storage(), h.address()));
    }
    List<Path> paths = new ArrayList<>(network.paths());
    for (String from : all) {
      for (String to : all) {
        boolean special = whose.containsKey(from) || whose.containsKey(to);
        boolean apart =
            avoided
                .getOrDefault(whose.getOrDefault(to, ""), Set.of())
                .contains(whose.getOrDefault(from, ""));
        if (special && !apart && !from.equals(to)) {
          List<String> via = network.via(was.getOrDefault(from, from), was.getOrDefault(to, to));
          if (via != null) {
            paths.add(new Path(from, to, via));
          }
        }
      }
    }
    return new Network(List.copyOf(network.resources().values()), paths, hosts);
  }
}
