package dev.waybill.planner;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.instance.Distribution;
import dev.waybill.planner.instance.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks of tests, with one file at the first host that all others want. Rates in Mbit/s. */
public final class Topology {
  private static final double BYTES_PER_MEGABIT = 125_000;

  private final List<Resource> resources = new ArrayList<>();
  private final List<Path> paths = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();
  private final Map<String, double[]> sites = new LinkedHashMap<>();
  private final Map<String, Double> links = new LinkedHashMap<>();

  private Topology() {}

  private Topology(Network given) {
    resources.addAll(given.resources().values());
    paths.addAll(given.paths());
    hosts.addAll(given.hosts().values());
  }

  /** 8 hosts at one place, 100 up and down. */
  public static Topology t1() {
    return equal(8);
  }

  /** {@code n} hosts at one place, 100 up and down. */
  public static Topology equal(int n) {
    Topology t = new Topology();
    for (int i = 1; i <= n; i++) {
      t.host("h" + i, "A", 100, 100);
    }
    return t;
  }

  /** 3 sites of 4 hosts, 100 up and down; 60 in and out of each site. */
  public static Topology t2() {
    Topology t = new Topology();
    for (String s : new String[] {"A", "B", "C"}) {
      t.site(s, 60, 60);
      for (int i = 1; i <= 4; i++) {
        t.host(s + i, s, 100, 100);
      }
    }
    return t;
  }

  /** 3 sites of 4 hosts, 100 up and down; 60 in and out of each site, 30 from site to site. */
  public static Topology t2p() {
    Topology t = new Topology();
    for (String s : new String[] {"A", "B", "C"}) {
      t.site(s, 60, 60);
      for (int i = 1; i <= 4; i++) {
        t.host(s + i, s, 100, 100);
      }
      for (String other : new String[] {"A", "B", "C"}) {
        if (!other.equals(s)) {
          t.link(s, other, 30);
        }
      }
    }
    return t;
  }

  /** A source of 50 up and 15 hosts at one place, 10 to 100 up, 50 to 100 down. */
  public static Topology t3() {
    double[] up = {10, 10, 15, 15, 20, 20, 25, 30, 30, 40, 40, 50, 60, 80, 100};
    double[] down = {50, 100, 60, 100, 50, 80, 60, 100, 50, 60, 80, 100, 60, 100, 100};
    Topology t = new Topology();
    t.host("s", "A", 50, 50);
    for (int i = 0; i < up.length; i++) {
      t.host("h" + (i + 1), "A", up[i], down[i]);
    }
    return t;
  }

  /** The generator's. */
  public static Topology uploadTight(int hosts, int sites, long seed) {
    return new Topology(Pattern.UPLOAD_TIGHT.network(hosts, sites, seed));
  }

  /** The generator's. */
  public static Topology wanTight(int hosts, int sites, long seed) {
    return new Topology(Pattern.WAN_TIGHT.network(hosts, sites, seed));
  }

  private void site(String id, double out, double in) {
    sites.put(id, new double[] {out, in});
    resource(id + ".out", out);
    resource(id + ".in", in);
  }

  private void link(String from, String to, double rate) {
    links.put(from + "-" + to, rate);
    resource(from + "-" + to, rate);
  }

  private void host(String id, String site, double up, double down) {
    resource(id + ".up", up);
    resource(id + ".down", down);
    hosts.add(new Host(id, site, List.of(id + ".up"), List.of(id + ".down")));
  }

  private void resource(String id, double megabits) {
    resources.add(new Resource(id, new DataRate(megabits * BYTES_PER_MEGABIT), 0));
  }

  /** A file of {@code blocks} whole blocks at the first host, for everybody else. */
  public Problem spread(int blocks, long blockSize) {
    for (String from : sites.keySet()) {
      for (String to : sites.keySet()) {
        if (!from.equals(to)) {
          List<String> via = new ArrayList<>(List.of(from + ".out"));
          if (links.containsKey(from + "-" + to)) {
            via.add(from + "-" + to);
          }
          via.add(to + ".in");
          paths.add(new Path(from, to, via));
        }
      }
    }
    Network network = new Network(resources, paths, hosts);
    List<FileSpec> files = Distribution.blocks("f", blocks, blockSize);
    return Distribution.toAll(network, hosts.get(0).id(), files).on("spread", "", network);
  }
}
