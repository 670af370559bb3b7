package dev.waybill.planner.instance;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What importers give the hosts of a network that says nothing of them: interfaces {@code HOST.up}
 * and {@code HOST.down}, or none where the links alone are to bind.
 *
 * @param up bytes per second that a host sends
 * @param down bytes per second that a host receives
 */
public record Interfaces(OptionalDouble up, OptionalDouble down) {
  /** Without any. */
  public static final Interfaces NONE =
      new Interfaces(OptionalDouble.empty(), OptionalDouble.empty());

  /** Adds the host of a node. */
  void host(NetworkBuilder network, String node) {
    network.host(
        node, node, resource(network, node + ".up", up), resource(network, node + ".down", down));
  }

  private static List<String> resource(NetworkBuilder network, String id, OptionalDouble rate) {
    return rate.isPresent() ? List.of(network.resource(id, rate.getAsDouble())) : List.of();
  }
}
