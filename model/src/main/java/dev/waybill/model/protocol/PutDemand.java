package dev.waybill.model.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: puts a file into hosts' file sets.
 *
 * @param version null: the newest one, also later ones
 * @param hosts ids of hosts or groups; empty: every host of the network file, also later ones
 * @param weight how much it counts, above 0
 * @param deadlineSeconds from now on, or from when it begins; null: none
 * @param fromEpochSeconds when it begins: it is planned ahead, and nothing is moved before; null:
 *     now
 * @param bestEffort whether a deadline that can't be met is no reason to refuse it
 */
public record PutDemand(
    String name,
    @Nullable Long version,
    List<String> hosts,
    double weight,
    @Nullable Double deadlineSeconds,
    @Nullable Double fromEpochSeconds,
    boolean bestEffort) {
  public PutDemand {
    hosts = List.copyOf(hosts);
  }

  /** One that begins now. */
  public PutDemand(
      String name,
      @Nullable Long version,
      List<String> hosts,
      double weight,
      @Nullable Double deadlineSeconds) {
    this(name, version, hosts, weight, deadlineSeconds, null, false);
  }
}
