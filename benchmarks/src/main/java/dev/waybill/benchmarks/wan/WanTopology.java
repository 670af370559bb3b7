package dev.waybill.benchmarks.wan;

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
import dev.waybill.planner.bound.LowerBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A wide-area network that the comparison with other systems emulates. Rates are megabits per
 * second of Ethernet frames, headers counted; the first host has the file.
 *
 * @param sites those whose uplink and downlink are limited: the rate of each way
 */
record WanTopology(String name, List<Member> hosts, Map<String, Double> sites) {
  /** The share of a frame's bytes that TCP carries as payload, at an MTU of 1500 bytes. */
  private static final double PAYLOAD = 0.95;

  private static final int BLOCK = 1 << 18;

  WanTopology {
    hosts = List.copyOf(hosts);
    sites = Map.copyOf(sites);
  }

  /** A host with the rates of its interface. */
  record Member(String id, String site, double up, double down) {}

  /** The topologies of the comparison. */
  static List<WanTopology> all() {
    return List.of(flat(), threeSites(), uneven(), slowSource());
  }

  /** Eight hosts at one site, 100 Mb/s each way. */
  private static WanTopology flat() {
    return new WanTopology("flat", equal("here", 8), Map.of());
  }

  /** Three sites of four such hosts; a site sends and receives 60 Mb/s. */
  private static WanTopology threeSites() {
    List<Member> hosts = new ArrayList<>();
    for (String site : List.of("a", "b", "c")) {
      hosts.addAll(equal(site, 4));
    }
    return new WanTopology("sites", hosts, Map.of("a", 60.0, "b", 60.0, "c", 60.0));
  }

  /** Twelve hosts whose uplinks differ by a factor of ten. */
  private static WanTopology uneven() {
    double[] ups = {50, 10, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100};
    double[] downs = {50, 50, 100, 60, 80, 60, 100, 60, 100, 60, 100, 100};
    List<Member> hosts = new ArrayList<>();
    for (int i = 0; i < ups.length; i++) {
      hosts.add(new Member("u" + (i + 1), "here", ups[i], downs[i]));
    }
    return new WanTopology("uneven", hosts, Map.of());
  }

  /** Eight hosts of 100 Mb/s, of which the source sends a quarter of that. */
  private static WanTopology slowSource() {
    List<Member> hosts = new ArrayList<>(equal("here", 8));
    hosts.set(0, new Member("here1", "here", 25, 100));
    return new WanTopology("slow-source", hosts, Map.of());
  }

  private static List<Member> equal(String site, int count) {
    List<Member> hosts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      hosts.add(new Member(site + i, site, 100, 100));
    }
    return hosts;
  }

  Member source() {
    return hosts.get(0);
  }

  SortedSet<String> siteNames() {
    SortedSet<String> names = new TreeSet<>();
    hosts.forEach(h -> names.add(h.site()));
    return names;
  }

  /** As a network file says it: bytes of payload per second. */
  Network network() {
    return network(PAYLOAD);
  }

  /**
   * The least that any system takes, headers not counted.
   *
   * @return seconds for a file of so many bytes
   */
  double boundSeconds(long size) {
    FileSpec file = new FileSpec("file", 1, new BlockLayout(size, BLOCK));
    List<Demand> demands = hosts.stream().skip(1).map(h -> new Demand(h.id(), "file")).toList();
    Problem problem =
        new Problem(
            name,
            "",
            network(1),
            List.of(file),
            List.of(
                new Holding(source().id(), "file", BlockSet.prefix(file.layout().blockCount()))),
            List.of(),
            List.of(),
            demands,
            Objective.MAKESPAN);
    return LowerBound.of(problem).seconds();
  }

  private Network network(double share) {
    List<Resource> resources = new ArrayList<>();
    List<Host> members = new ArrayList<>();
    for (Member h : hosts) {
      resources.add(resource(h.id() + ".up", h.up(), share));
      resources.add(resource(h.id() + ".down", h.down(), share));
      members.add(new Host(h.id(), h.site(), List.of(h.id() + ".up"), List.of(h.id() + ".down")));
    }
    sites.forEach(
        (site, rate) -> {
          resources.add(resource(site + ".out", rate, share));
          resources.add(resource(site + ".in", rate, share));
        });
    List<Path> paths = new ArrayList<>();
    for (String from : siteNames()) {
      for (String to : siteNames()) {
        if (!from.equals(to)) {
          List<String> via = new ArrayList<>();
          if (sites.containsKey(from)) {
            via.add(from + ".out");
          }
          if (sites.containsKey(to)) {
            via.add(to + ".in");
          }
          paths.add(new Path(from, to, via));
        }
      }
    }
    return new Network(resources, paths, members);
  }

  private static Resource resource(String id, double megabits, double share) {
    return new Resource(id, new DataRate(megabits * 1e6 / 8 * share), 0);
  }
}
