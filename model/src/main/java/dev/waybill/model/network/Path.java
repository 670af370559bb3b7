package dev.waybill.model.network;

import dev.waybill.model.unit.Identifier;
import java.util.List;

/**
 * A directed way of the network between two locations: the ids of the resources that a copy on it
 * goes through.
 */
public record Path(String from, String to, List<String> via) {
  public Path {
    Identifier.require("a path's from", from);
    Identifier.require("a path's to", to);
    via = List.copyOf(via);
  }
}
