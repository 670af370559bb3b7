package dev.waybill.planner.instance;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.List;

/** How importers and generators put a network together. Capacities are whole bytes per second. */
final class NetworkBuilder {
  private final List<Resource> resources = new ArrayList<>();
  private final List<Path> paths = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();

  /** Adds a resource and returns its id. */
  String resource(String id, double bytesPerSecond) {
    return resource(id, bytesPerSecond, 0);
  }

  /** Adds a resource that costs something and returns its id. */
  String resource(String id, double bytesPerSecond, double costPerByte) {
    resources.add(new Resource(id, new DataRate(Math.rint(bytesPerSecond)), costPerByte));
    return id;
  }

  void path(String from, String to, List<String> via) {
    paths.add(new Path(from, to, via));
  }

  void host(String id, String location, List<String> egress, List<String> ingress) {
    hosts.add(new Host(id, location, egress, ingress));
  }

  /** Adds a host with interfaces {@code ID.up} and {@code ID.down}, bytes per second. */
  void host(String id, String location, double up, double down) {
    host(id, location, List.of(resource(id + ".up", up)), List.of(resource(id + ".down", down)));
  }

  Network build() {
    return new Network(resources, paths, hosts);
  }
}
