package dev.waybill.planner.instance;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.network.Network;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The network of clouds that Skyplane's grids describe: in each region virtual machines with what
 * the cloud lets one of them send and receive, between each two regions the throughput that was
 * measured between two machines, times the number of machines.
 *
 * @param egress Gbit/s that one machine may send, by cloud; a cloud that is not there has no limit
 * @param ingress Gbit/s that one machine may receive, likewise
 * @param machines in each region
 * @param separate whether each of them is a host {@code REGION/N} of its own; else one host stands
 *     for all of a region
 */
public record CloudNetwork(
    Map<String, Double> egress, Map<String, Double> ingress, int machines, boolean separate) {
  /** What Skyplane and Cloudcast reckon with, Gbit/s. */
  public static final Map<String, Double> EGRESS = Map.of("aws", 5.0, "gcp", 7.0, "azure", 16.0);

  /** What Skyplane and Cloudcast reckon with, Gbit/s. */
  public static final Map<String, Double> INGRESS = Map.of("aws", 10.0, "gcp", 16.0, "azure", 16.0);

  private static final double BITS_PER_BYTE = 8;
  private static final double BYTES_PER_GIGABIT = 125_000_000;
  private static final int DECIMALS_OF_GIGABYTE = 9;

  public CloudNetwork {
    egress = Map.copyOf(egress);
    ingress = Map.copyOf(ingress);
  }

  /**
   * The network of some regions.
   *
   * @throws FormatException where a grid has no figure for two of them
   */
  public Network of(RegionGrid throughput, Optional<RegionGrid> costs, List<String> regions)
      throws FormatException {
    NetworkBuilder network = new NetworkBuilder();
    for (String region : regions) {
      if (separate) {
        for (int m = 1; m <= machines; m++) {
          host(network, region + "/" + m, region, 1);
        }
      } else {
        host(network, region, region, machines);
      }
    }
    for (String from : regions) {
      for (String to : regions) {
        if (!from.equals(to)) {
          double bits = figure(throughput, "throughput", from, to);
          double cost = costs.isPresent() ? figure(costs.get(), "cost", from, to) : 0;
          String link = from + "--" + to;
          network.resource(link, machines * bits / BITS_PER_BYTE, perByte(cost));
          network.path(from, to, List.of(link));
        }
      }
    }
    return network.build();
  }

  private void host(NetworkBuilder network, String id, String region, int times) {
    network.host(
        id,
        region,
        limit(network, id + ".egress", egress, region, times),
        limit(network, id + ".ingress", ingress, region, times));
  }

  private static List<String> limit(
      NetworkBuilder network, String id, Map<String, Double> limits, String region, int times) {
    int colon = region.indexOf(':');
    Double gigabits = limits.get(region.substring(0, Math.max(colon, 0)));
    return gigabits == null
        ? List.of()
        : List.of(network.resource(id, times * gigabits * BYTES_PER_GIGABIT));
  }

  private static double figure(RegionGrid grid, String what, String from, String to)
      throws FormatException {
    OptionalDouble value = grid.value(from, to);
    if (value.isEmpty()) {
      throw new FormatException(
          grid.file().toString(), "", "no " + what + " from '" + from + "' to '" + to + "'");
    }
    return value.getAsDouble();
  }

  /** Exactly the decimal that the price per 10^9 bytes makes. */
  private static double perByte(double pricePerGigabyte) {
    return BigDecimal.valueOf(pricePerGigabyte).movePointLeft(DECIMALS_OF_GIGABYTE).doubleValue();
  }
}
