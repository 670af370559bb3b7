package dev.waybill.planner.solve.parts;

import dev.waybill.planner.solve.ConfigFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the planner divides a problem: {@code solver-config/parts.json}. All keys have to be there,
 * and no others.
 *
 * @param solver of the whole where it is not divided, of the backbone and of each part
 * @param leastHosts a network with fewer is planned as a whole
 * @param parts into so many a network is divided whose locations are all strongly coupled
 * @param groups locations that are to be a part together, each in one group at most; those that a
 *     network does not have do not matter, and those that no group has are divided as if they were
 *     all of the network
 * @param gateways of a part at the most: the hosts that get a file's slices from outside
 * @param gatewayShare of what a gateway can send, which passing slices on to other parts may take
 * @param pace of the backbone: so many times as fast as the lower bound of the whole asks for
 * @param coupling two locations belong together where the way between them has at least this share
 *     of what the hosts of either can send
 * @param backboneShare of the time limit that the backbone may take
 * @param partsShare of what is left then that the parts may take; the rest is for planning the
 *     whole where that fails
 */
public record PartsConfig(
    String solver,
    int leastHosts,
    int parts,
    List<List<String>> groups,
    int gateways,
    double gatewayShare,
    double pace,
    double coupling,
    double backboneShare,
    double partsShare) {
  public PartsConfig {
    groups = groups.stream().map(List::copyOf).toList();
    Set<String> named = new HashSet<>();
    for (String location : groups.stream().flatMap(List::stream).toList()) {
      if (!named.add(location)) {
        throw new IllegalArgumentException(
            "location '" + location + "' is named twice in the groups");
      }
    }
    if (leastHosts < 1 || parts < 2 || gateways < 1) {
      throw new IllegalArgumentException(
          "%d hosts, %d parts, %d gateways".formatted(leastHosts, parts, gateways));
    }
    if (!(gatewayShare > 0 && pace > 0)) {
      throw new IllegalArgumentException("share %s, pace %s".formatted(gatewayShare, pace));
    }
    if (!(coupling > 0)) {
      throw new IllegalArgumentException("coupling " + coupling);
    }
    if (!(backboneShare > 0 && backboneShare < 1 && partsShare > 0 && partsShare < 1)) {
      throw new IllegalArgumentException("shares %s, %s".formatted(backboneShare, partsShare));
    }
  }

  /** The configuration that the program comes with. */
  public static PartsConfig standard() {
    return ConfigFile.standard("parts.json", PartsConfig.class);
  }
}
