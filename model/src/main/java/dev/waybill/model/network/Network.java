package dev.waybill.model.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The network of the model: resources, the paths over them and the hosts at their ends, with every
 * reference resolved.
 *
 * <p>A copy from host {@code s} to host {@code d} uses {@code s.egress}, the path between their
 * locations and {@code d.ingress}; a resource named twice on that way is charged once. Immutable.
 */
public final class Network {
  private final Map<String, Resource> resources;
  private final Map<String, Host> hosts;
  private final Map<String, Map<String, Path>> paths;

  /**
   * @throws IllegalArgumentException where an id is there twice, a second path joins the same two
   *     locations, or a path or host names a resource that is not there
   */
  public Network(List<Resource> resources, List<Path> paths, List<Host> hosts) {
    Map<String, Resource> byId = new LinkedHashMap<>();
    for (Resource r : resources) {
      if (byId.put(r.id(), r) != null) {
        throw new IllegalArgumentException("resource '" + r.id() + "' is there twice");
      }
    }
    Map<String, Map<String, Path>> byEnds = new LinkedHashMap<>();
    for (Path p : paths) {
      requireKnown("path " + p.from() + " -> " + p.to(), p.via(), byId);
      if (byEnds.computeIfAbsent(p.from(), k -> new LinkedHashMap<>()).put(p.to(), p) != null) {
        throw new IllegalArgumentException("a second path " + p.from() + " -> " + p.to());
      }
    }
    Map<String, Host> hostsById = new LinkedHashMap<>();
    for (Host h : hosts) {
      requireKnown("host " + h.id(), h.egress(), byId);
      requireKnown("host " + h.id(), h.ingress(), byId);
      if (hostsById.put(h.id(), h) != null) {
        throw new IllegalArgumentException("host '" + h.id() + "' is there twice");
      }
    }
    this.resources = Collections.unmodifiableMap(byId);
    this.paths = byEnds;
    this.hosts = Collections.unmodifiableMap(hostsById);
  }

  private static void requireKnown(String who, List<String> ids, Map<String, Resource> known) {
    for (String id : ids) {
      if (!known.containsKey(id)) {
        throw new IllegalArgumentException(who + " names no resource '" + id + "'");
      }
    }
  }

  /** The resources by id, in the order of the file. */
  public Map<String, Resource> resources() {
    return resources;
  }

  /** The hosts by id, in the order of the file. */
  public Map<String, Host> hosts() {
    return hosts;
  }

  /** The paths that are listed, in the order of the file (grouped by where they begin). */
  public List<Path> paths() {
    List<Path> all = new ArrayList<>();
    paths.values().forEach(m -> all.addAll(m.values()));
    return all;
  }

  /**
   * The resources between two locations: those of the listed path, none within one location without
   * a listed path, or null where the two are not connected in this direction.
   */
  public @Nullable List<String> via(String fromLocation, String toLocation) {
    Path p = paths.getOrDefault(fromLocation, Map.of()).get(toLocation);
    if (p != null) {
      return p.via();
    }
    return fromLocation.equals(toLocation) ? List.of() : null;
  }

  /**
   * The distinct resources that a copy from {@code from} to {@code to} uses, or null where the two
   * are not connected in this direction.
   *
   * @throws NullPointerException where there is no such host
   */
  public @Nullable Set<String> way(String from, String to) {
    Host s = Objects.requireNonNull(hosts.get(from), from);
    Host d = Objects.requireNonNull(hosts.get(to), to);
    List<String> between = via(s.location(), d.location());
    if (between == null) {
      return null;
    }
    Set<String> way = new LinkedHashSet<>(s.egress());
    way.addAll(between);
    way.addAll(d.ingress());
    return way;
  }
}
