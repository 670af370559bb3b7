package dev.waybill.model.network;

import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a master works with, as its network file says it: the network, named groups of hosts, and
 * when the resources give how much. Immutable.
 *
 * @param network with the capacities that resources have outside of all windows
 * @param groups the hosts of each group, by its id, which no host has
 * @param allowances by resource; where there is none, the resource gives all that it has
 */
public record Fleet(
    Network network, Map<String, List<String>> groups, Map<String, Allowance> allowances) {
  public Fleet {
    Map<String, List<String>> copies = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> g : groups.entrySet()) {
      Identifier.require("a group's id", g.getKey());
      if (network.hosts().containsKey(g.getKey()) || g.getKey().equals("all")) {
        throw new IllegalArgumentException("group '" + g.getKey() + "' has the name of a host");
      }
      for (String host : g.getValue()) {
        if (!network.hosts().containsKey(host)) {
          throw new IllegalArgumentException(
              "group '" + g.getKey() + "' names no host '" + host + "'");
        }
      }
      copies.put(g.getKey(), List.copyOf(g.getValue()));
    }
    groups = java.util.Collections.unmodifiableMap(copies);
    allowances = Map.copyOf(allowances);
  }

  /** A network without groups that gives all it has at all times. */
  public static Fleet of(Network network) {
    return new Fleet(network, Map.of(), Map.of());
  }

  /** The capacity of a resource at a moment, in bytes per second. */
  public double capacity(Resource resource, double epochSeconds) {
    return allowances
        .getOrDefault(resource.id(), Allowance.ALL)
        .capacity(resource.capacity().bytesPerSecond(), epochSeconds);
  }

  /** When any capacity next changes after a moment; infinity where none does. */
  public double nextChange(double epochSeconds) {
    return allowances.values().stream()
        .mapToDouble(a -> a.nextChange(epochSeconds))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The resources with the capacities that are in force at a moment. */
  public List<Resource> resourcesAt(double epochSeconds) {
    if (allowances.isEmpty()) {
      return List.copyOf(network.resources().values());
    }
    List<Resource> list = new ArrayList<>();
    for (Resource r : network.resources().values()) {
      list.add(new Resource(r.id(), new DataRate(capacity(r, epochSeconds)), r.costPerByte()));
    }
    return list;
  }
}
