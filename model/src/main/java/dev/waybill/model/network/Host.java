package dev.waybill.model.network;

import dev.waybill.model.unit.DataSize;
import dev.waybill.model.unit.Identifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine of the network that holds, sends and receives blocks.
 *
 * @param location where the paths from and to it begin and end
 * @param egress ids of the resources that all it sends goes through
 * @param ingress ids of the resources that all it receives goes through
 * @param relay whether it may be sent blocks that it does not demand
 * @param storage what it can take in beyond what it holds at the start; null: as much as comes
 * @param address {@code HOST:PORT} at which its executor may be reached, where the network file
 *     pins it
 */
public record Host(
    String id,
    String location,
    List<String> egress,
    List<String> ingress,
    boolean relay,
    @Nullable DataSize storage,
    @Nullable String address) {
  public Host {
    Identifier.require("a host's id", id);
    Identifier.require("a host's location", location);
    egress = List.copyOf(egress);
    ingress = List.copyOf(ingress);
  }

  /** A host that may not relay, with as much storage as it needs, at no pinned address. */
  public Host(String id, String location, List<String> egress, List<String> ingress) {
    this(id, location, egress, ingress, false, null, null);
  }
}
