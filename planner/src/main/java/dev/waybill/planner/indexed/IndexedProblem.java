package dev.waybill.planner.indexed;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A problem with hosts, locations, resources and files as indices from 0, in the order of the
 * problem: what solvers and bounds of the planner compute on. Immutable; the arrays are not to be
 * written to.
 */
public final class IndexedProblem {
  private static final int[] NO_RESOURCES = {};
  private static final int DENSE_LOCATIONS = 512;

  public final Problem problem;
  public final String[] hostIds;
  public final String[] resourceIds;
  public final String[] locationIds;

  /** Bytes per second, by resource. */
  public final double[] capacity;

  /** By resource. */
  public final double[] costPerByte;

  /** Location of each host. */
  public final int[] location;

  /** Distinct resources, by host. */
  public final int[][] egress;

  /** Distinct resources, by host. */
  public final int[][] ingress;

  public final boolean[] relay;

  /** Bytes each host can take in, what copies in progress bring included. */
  public final long[] room;

  /** By file. */
  public final BlockLayout[] layouts;

  public final String[] fileIds;

  /** Demands in the problem's order: the host of each. */
  public final int[] demandHost;

  /** Demands in the problem's order: the file of each. */
  public final int[] demandFile;

  /** Hosts that demand each file, in the problem's order. */
  public final int[][] demandersOf;

  /** Generations and copies in progress. */
  public final List<Arrival> arrivals;

  /** What copies in progress take of the network. */
  public final List<Load> loads;

  /** Bytes that copies in progress bring to each host. */
  public final long[] incoming;

  /** Locations to which there is a path, by location where it begins. */
  public final int[][] pathsFrom;

  /** Locations from which there is a path, by location where it ends. */
  public final int[][] pathsInto;

  /** What no schedule can mend: a copy in progress that brings what is there already; or null. */
  public final @Nullable String conflict;

  /** Runs of all files, by file and first block; together they are all blocks. */
  public final List<Run> runs;

  /** Hosts at each location. */
  public final int[][] hostsAt;

  private final int @Nullable [] @Nullable [] denseVia;
  private final Map<Long, int[]> via = new HashMap<>();

  public IndexedProblem(Problem problem) {
    this.problem = problem;
    Network network = problem.network();
    List<Resource> resources = List.copyOf(network.resources().values());
    Map<String, Integer> resourceIndex = new HashMap<>();
    resourceIds = new String[resources.size()];
    capacity = new double[resources.size()];
    costPerByte = new double[resources.size()];
    for (int r = 0; r < resources.size(); r++) {
      resourceIds[r] = resources.get(r).id();
      capacity[r] = resources.get(r).capacity().bytesPerSecond();
      costPerByte[r] = resources.get(r).costPerByte();
      resourceIndex.put(resourceIds[r], r);
    }
    List<Host> hosts = List.copyOf(network.hosts().values());
    Map<String, Integer> hostIndex = new HashMap<>();
    Map<String, Integer> locationIndex = new HashMap<>();
    hostIds = new String[hosts.size()];
    location = new int[hosts.size()];
    egress = new int[hosts.size()][];
    ingress = new int[hosts.size()][];
    relay = new boolean[hosts.size()];
    room = new long[hosts.size()];
    for (int h = 0; h < hosts.size(); h++) {
      Host host = hosts.get(h);
      hostIds[h] = host.id();
      hostIndex.put(host.id(), h);
      location[h] = locationIndex.computeIfAbsent(host.location(), k -> locationIndex.size());
      egress[h] = indices(host.egress(), resourceIndex);
      ingress[h] = indices(host.ingress(), resourceIndex);
      relay[h] = host.relay();
      room[h] = host.storage() == null ? Long.MAX_VALUE : host.storage().bytes();
    }
    locationIds = new String[locationIndex.size()];
    locationIndex.forEach((id, l) -> locationIds[l] = id);
    denseVia =
        locationIds.length <= DENSE_LOCATIONS
            ? new int[locationIds.length * locationIds.length][]
            : null;
    List<List<Integer>> reached = new ArrayList<>();
    List<List<Integer>> reaching = new ArrayList<>();
    for (int l = 0; l < locationIds.length; l++) {
      reached.add(new ArrayList<>(List.of(l)));
      reaching.add(new ArrayList<>(List.of(l)));
    }
    for (Path p : network.paths()) {
      Integer from = locationIndex.get(p.from());
      Integer to = locationIndex.get(p.to());
      if (from != null && to != null) {
        putVia(from, to, indices(p.via(), resourceIndex));
        if (!from.equals(to)) {
          reached.get(from).add(to);
          reaching.get(to).add(from);
        }
      }
    }
    pathsInto = arrays(reaching);
    pathsFrom = arrays(reached);
    for (int l = 0; l < locationIds.length; l++) {
      if (via(l, l) == null) {
        putVia(l, l, NO_RESOURCES);
      }
    }
    hostsAt = group(location, locationIds.length);
    List<FileSpec> files = List.copyOf(problem.files().values());
    Map<String, Integer> fileIndex = new HashMap<>();
    layouts = new BlockLayout[files.size()];
    fileIds = new String[files.size()];
    for (int f = 0; f < files.size(); f++) {
      fileIds[f] = files.get(f).id();
      layouts[f] = files.get(f).layout();
      fileIndex.put(fileIds[f], f);
    }
    List<Demand> demands = problem.demands();
    demandHost = demands.stream().mapToInt(d -> get(hostIndex, d.host())).toArray();
    demandFile = demands.stream().mapToInt(d -> get(fileIndex, d.file())).toArray();
    demandersOf = group(demandFile, files.size());
    for (int[] of : demandersOf) {
      for (int i = 0; i < of.length; i++) {
        of[i] = demandHost[of[i]];
      }
    }
    List<Arrival> all = new ArrayList<>();
    problem
        .generations()
        .forEach(
            g ->
                all.add(
                    new Arrival(
                        get(hostIndex, g.host()),
                        get(fileIndex, g.file()),
                        g.first(),
                        g.last(),
                        g.start(),
                        g.rate(),
                        true)));
    List<Load> load = new ArrayList<>();
    incoming = new long[hostIds.length];
    String broken = null;
    for (Copy c : problem.inProgress()) {
      int from = get(hostIndex, c.from());
      int to = get(hostIndex, c.to());
      BlockLayout layout = layouts[get(fileIndex, c.file())];
      int[] way = way(from, to);
      if (way == null) {
        broken = "a copy in progress from " + c.from() + " to " + c.to() + " has no path";
      } else {
        load.add(new Load(way, c.start(), c.end(layout), c.rate()));
      }
      incoming[to] = Math.addExact(incoming[to], layout.span(c.first(), c.last()));
      all.add(
          new Arrival(
              get(hostIndex, c.to()),
              get(fileIndex, c.file()),
              c.first(),
              c.last(),
              c.start(),
              c.rate(),
              false));
    }
    arrivals = List.copyOf(all);
    loads = List.copyOf(load);
    RunCutter cutter = new RunCutter(this, hostIndex, fileIndex);
    runs = cutter.cut();
    conflict = broken != null ? broken : cutter.conflict();
  }

  public int hosts() {
    return hostIds.length;
  }

  public int locations() {
    return locationIds.length;
  }

  /** The distinct resources of the path between two locations, or null where there is none. */
  public int @Nullable [] via(int from, int to) {
    return denseVia != null ? denseVia[from * locationIds.length + to] : via.get(key(from, to));
  }

  private void putVia(int from, int to, int[] resources) {
    if (denseVia != null) {
      denseVia[from * locationIds.length + to] = resources;
    } else {
      via.put(key(from, to), resources);
    }
  }

  /** The distinct resources that a copy uses, or null where the two hosts are not connected. */
  public int @Nullable [] way(int from, int to) {
    int[] between = via(location[from], location[to]);
    if (between == null || from == to) {
      return null;
    }
    int[] out = egress[from];
    int[] in = ingress[to];
    int[] way = new int[out.length + between.length + in.length];
    int n = 0;
    for (int[] part : new int[][] {out, between, in}) {
      for (int r : part) {
        if (!contains(way, n, r)) {
          way[n++] = r;
        }
      }
    }
    return n == way.length ? way : Arrays.copyOf(way, n);
  }

  /** The least capacity among {@code resources}; infinite where there is none. */
  public double minCapacity(int[] resources) {
    double least = Double.POSITIVE_INFINITY;
    for (int r : resources) {
      least = Math.min(least, capacity[r]);
    }
    return least;
  }

  private static boolean contains(int[] a, int length, int x) {
    for (int i = 0; i < length; i++) {
      if (a[i] == x) {
        return true;
      }
    }
    return false;
  }

  private long key(int from, int to) {
    return (long) from * locationIds.length + to;
  }

  private static int[] indices(List<String> ids, Map<String, Integer> index) {
    return ids.stream().mapToInt(id -> get(index, id)).distinct().toArray();
  }

  private static int[][] arrays(List<List<Integer>> lists) {
    return lists.stream().map(l -> l.stream().mapToInt(i -> i).toArray()).toArray(int[][]::new);
  }

  static int get(Map<String, Integer> index, String id) {
    return Objects.requireNonNull(index.get(id), id);
  }

  /** For each group, the indices of its members, ascending. */
  private static int[][] group(int[] groupOf, int groups) {
    int[] size = new int[groups];
    for (int g : groupOf) {
      size[g]++;
    }
    int[][] members = new int[groups][];
    for (int g = 0; g < groups; g++) {
      members[g] = new int[size[g]];
    }
    for (int i = groupOf.length - 1; i >= 0; i--) {
      members[groupOf[i]][--size[groupOf[i]]] = i;
    }
    return members;
  }
}
