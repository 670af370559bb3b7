package dev.waybill.model.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: takes a file back, or out of some hosts' file sets.
 *
 * @param version null: every version
 * @param hosts ids of hosts or groups whose file sets it is taken out of; empty: it is taken back
 *     altogether, and its blocks are deleted everywhere, also at its origins
 */
public record Withdraw(String name, @Nullable Long version, List<String> hosts) {
  public Withdraw {
    hosts = List.copyOf(hosts);
  }
}
