package dev.waybill.model.schedule;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checker's view of a network: hosts and resources by index, so that the way of each of a
 * million copies is found at little cost. Says the same as {@link Network#way}. Not thread-safe.
 */
final class Ways {
  private final Network network;
  private final List<Resource> resources;
  private final List<Host> hosts;
  private final Map<String, Integer> hostIndices = new HashMap<>();
  private final Map<String, Integer> resourceIndices = new HashMap<>();
  private final int[][] egress;
  private final int[][] ingress;

  /** By the locations at both ends; empty where these are not connected. */
  private final Map<String, Map<String, Optional<int[]>>> paths = new HashMap<>();

  /** For each resource the number of the last way that it was found to be on. */
  private final int[] lastWay;

  private int wayCount;

  Ways(Network network) {
    this.network = network;
    resources = List.copyOf(network.resources().values());
    hosts = List.copyOf(network.hosts().values());
    resources.forEach(r -> resourceIndices.put(r.id(), resourceIndices.size()));
    hosts.forEach(h -> hostIndices.put(h.id(), hostIndices.size()));
    egress = hosts.stream().map(h -> indicesOf(h.egress())).toArray(int[][]::new);
    ingress = hosts.stream().map(h -> indicesOf(h.ingress())).toArray(int[][]::new);
    lastWay = new int[resources.size()];
  }

  List<Resource> resources() {
    return resources;
  }

  List<Host> hosts() {
    return hosts;
  }

  /**
   * @throws IllegalArgumentException where there is no such host
   */
  int hostIndex(String id) {
    Integer index = hostIndices.get(id);
    if (index == null) {
      throw new IllegalArgumentException("there is no host '" + id + "'");
    }
    return index;
  }

  /**
   * The distinct resources that a copy between two hosts uses, or null where the hosts are not
   * connected in this direction.
   */
  int @Nullable [] between(int from, int to) {
    int[] via = via(hosts.get(from).location(), hosts.get(to).location());
    if (via == null) {
      return null;
    }
    wayCount++;
    int[] way = new int[egress[from].length + via.length + ingress[to].length];
    int length = 0;
    for (int[] part : new int[][] {egress[from], via, ingress[to]}) {
      for (int resource : part) {
        if (lastWay[resource] != wayCount) {
          lastWay[resource] = wayCount;
          way[length++] = resource;
        }
      }
    }
    return length == way.length ? way : Arrays.copyOf(way, length);
  }

  private int @Nullable [] via(String from, String to) {
    return paths
        .computeIfAbsent(from, k -> new HashMap<>())
        .computeIfAbsent(to, k -> Optional.ofNullable(network.via(from, to)).map(this::indicesOf))
        .orElse(null);
  }

  private int[] indicesOf(List<String> ids) {
    return ids.stream().mapToInt(this::resourceIndex).toArray();
  }

  private int resourceIndex(String id) {
    return Objects.requireNonNull(resourceIndices.get(id), id);
  }
}
