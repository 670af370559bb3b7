package dev.waybill.model.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: puts a file into hosts' file sets.
 *
 * @param version null: the newest one, also later ones
 * @param hosts ids; empty: every host of the network file
 * @param weight how much it counts, above 0
 * @param deadlineSeconds from now on; null: none
 */
public record PutDemand(
    String name,
    @Nullable Long version,
    List<String> hosts,
    double weight,
    @Nullable Double deadlineSeconds) {
  public PutDemand {
    hosts = List.copyOf(hosts);
  }
}
