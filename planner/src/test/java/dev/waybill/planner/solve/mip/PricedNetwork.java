package dev.waybill.planner.solve.mip;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A source, needers and relays, each at a place of its own, with links of random price and rate
 * between them, and the least cost by trying every choice of parents.
 */
final class PricedNetwork {
  static final int BLOCKS = 20;
  private static final int HOSTS = 6;
  private static final int NEEDERS = 3;
  private static final long BLOCK_BYTES = 1000;

  /** Cost of a byte from host to host; infinite where there is no link. */
  private final double[][] cost = new double[HOSTS][HOSTS];

  private final double[][] rate = new double[HOSTS][HOSTS];

  PricedNetwork(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int from = 0; from < HOSTS; from++) {
      for (int to = 0; to < HOSTS; to++) {
        boolean link = random.nextInt(5) > 0 || to == from + 1;
        cost[from][to] = link ? 1e-3 * random.nextInt(1, 50) : Double.POSITIVE_INFINITY;
        rate[from][to] = 1000 * random.nextInt(1, 20);
      }
    }
  }

  /** Host 0 has the file, the next ones need it, the rest are relays. */
  Problem problem(Objective objective) {
    List<Resource> resources = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (int h = 0; h < HOSTS; h++) {
      String at = "at" + h;
      hosts.add(new Host("h" + h, at, List.of(), List.of(), h > NEEDERS, null, null));
      if (h >= 1 && h <= NEEDERS) {
        demands.add(new Demand("h" + h, "f"));
      }
      for (int to = 0; to < HOSTS; to++) {
        if (h != to && cost[h][to] < Double.POSITIVE_INFINITY) {
          String link = h + "-" + to;
          resources.add(new Resource(link, new DataRate(rate[h][to]), cost[h][to]));
          paths.add(new Path(at, "at" + to, List.of(link)));
        }
      }
    }
    return new Problem(
        "priced",
        "",
        new Network(resources, paths, hosts),
        List.of(new FileSpec("f", 1, new BlockLayout(BLOCKS * BLOCK_BYTES, BLOCK_BYTES))),
        List.of(new Holding("h0", "f", BlockSet.prefix(BLOCKS))),
        List.of(),
        List.of(),
        demands,
        objective);
  }

  double leastCost() {
    return BLOCKS * BLOCK_BYTES * least(new int[HOSTS], 1);
  }

  /** Every host from {@code h} on gets a parent, or, a relay, itself for none. */
  private double least(int[] parent, int h) {
    if (h == HOSTS) {
      return price(parent);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int p = 0; p < HOSTS; p++) {
      if (p != h || h > NEEDERS) {
        parent[h] = p;
        least = Math.min(least, least(parent, h + 1));
      }
    }
    return least;
  }

  private double price(int[] parent) {
    double price = 0;
    for (int h = 1; h < HOSTS; h++) {
      int steps = 0;
      for (int v = h; v != 0 && parent[h] != h; v = parent[v]) {
        if (parent[v] == v || steps++ > HOSTS) {
          return Double.POSITIVE_INFINITY;
        }
      }
      price += parent[h] == h ? 0 : cost[parent[h]][h];
    }
    return price;
  }
}
