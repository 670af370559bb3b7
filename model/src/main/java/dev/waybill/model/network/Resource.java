package dev.waybill.model.network;

import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.Identifier;

/**
 * A part of the network that has a bandwidth: an interface, a site's uplink, a link, a switch, a
 * disk.
 *
 * @param capacity what all copies through it may use together; zero means that it is down
 * @param costPerByte what a byte through it costs, in the currency of the instance; finite and not
 *     negative
 */
public record Resource(String id, DataRate capacity, double costPerByte) {
  public Resource {
    Identifier.require("a resource's id", id);
    if (!(costPerByte >= 0) || Double.isInfinite(costPerByte)) {
      throw new IllegalArgumentException("resource " + id + " has costPerByte " + costPerByte);
    }
  }
}
