package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataSize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a problem of the master's state: what hosts have reported, less what is allocated to the
 * copies under way. Time 0 of the problem is now.
 */
final class ProblemBuilder {
  /** How fast a publisher is taken to hand over what it has not yet, until it has shown it. */
  private static final double FEED_BYTES_PER_SECOND = 200e6;

  /** A publisher that has said nothing for so long is taken to be gone, in seconds. */
  static final double PUBLISHER_LEASE = 10;

  private final Cluster cluster;
  private final double now;

  private final boolean whole;
  private final List<String> lacking = new ArrayList<>();
  private final Map<FileId, BlockLayout> layouts = new HashMap<>();
  private final Map<FileId, FileVersion> involved = new TreeMap<>();
  private final List<Holding> holdings = new ArrayList<>();
  private final List<Generation> generations = new ArrayList<>();
  private final List<Copy> inProgress = new ArrayList<>();
  private final List<Demand> demands = new ArrayList<>();

  private ProblemBuilder(Cluster cluster, double now, boolean whole) {
    this.cluster = cluster;
    this.now = now;
    this.whole = whole;
  }

  /**
   * What can be planned now: the demands that are not met, as far as their files can be had.
   *
   * @param number of the request
   * @param without demands to leave out
   */
  static PlanRequest open(Cluster cluster, double now, long number, Set<FileSets.Wanted> without) {
    return new ProblemBuilder(cluster, now, false).build(number, without);
  }

  /** The whole state, with the demands that are met and the blocks that nobody has. */
  static PlanRequest everything(Cluster cluster, double now, long number) {
    return new ProblemBuilder(cluster, now, true).build(number, Set.of());
  }

  private PlanRequest build(long number, Set<FileSets.Wanted> without) {
    List<FileSets.Wanted> wanted = new ArrayList<>();
    for (HostRecord host : up()) {
      for (FileSets.Wanted w : cluster.fileSets.of(host.id(), cluster.publications)) {
        if (host.restsUntil() > now && !whole) {
          continue;
        }
        BlockSet missing = Layouts.all(layout(w.version())).minus(trusted(host, w.version().id()));
        if (!without.contains(w) && (whole || !missing.isEmpty())) {
          wanted.add(w);
          involved.put(w.version().id(), w.version());
        }
      }
    }
    Map<FileId, String> names = names(involved.keySet());
    boolean deadlines = false;
    for (FileSets.Wanted w : wanted) {
      Double deadline = w.entry().deadline();
      deadlines |= deadline != null;
      demands.add(
          new Demand(
              w.host(),
              name(names, w.version().id()),
              w.entry().weight(),
              deadline == null ? null : Math.max(0, deadline - now)));
    }
    List<FileSpec> files = new ArrayList<>();
    involved.forEach(
        (id, version) -> {
          files.add(new FileSpec(name(names, id), id.version(), layout(version)));
          addState(version, name(names, id));
        });
    Problem problem =
        new Problem(
            "live-" + number,
            "the state of a running master",
            networkOfHostsThatAreUp(),
            files,
            holdings,
            generations,
            inProgress,
            demands,
            new Objective(1, 0, 0, deadlines ? 1 : 0));
    Map<String, FileId> byName = new HashMap<>();
    names.forEach((id, name) -> byName.put(name, id));
    return new PlanRequest(number, now, problem, byName, lacking);
  }

  private Collection<HostRecord> up() {
    return cluster.hosts.values().stream().filter(HostRecord::isUsable).toList();
  }

  private Network networkOfHostsThatAreUp() {
    List<Host> list = new ArrayList<>();
    for (HostRecord r : up()) {
      Host h = Objects.requireNonNull(cluster.network.hosts().get(r.id()), r.id());
      DataSize storage = h.storage();
      if (storage != null) {
        storage = new DataSize(Math.max(0, storage.bytes() - r.heldBytes(cluster.publications)));
      }
      list.add(new Host(h.id(), h.location(), h.egress(), h.ingress(), h.relay(), storage, null));
    }
    return new Network(
        List.copyOf(cluster.network.resources().values()), cluster.network.paths(), list);
  }

  /**
   * A file's name alone where there is one version of it, else with the version behind {@code #}.
   */
  private static Map<FileId, String> names(Set<FileId> ids) {
    Map<String, Integer> versions = new HashMap<>();
    ids.forEach(id -> versions.merge(id.name(), 1, Integer::sum));
    Map<FileId, String> names = new LinkedHashMap<>();
    for (FileId id : ids) {
      names.put(
          id,
          versions.getOrDefault(id.name(), 0) == 1 ? id.name() : id.name() + "#" + id.version());
    }
    return names;
  }

  private static String name(Map<FileId, String> names, FileId id) {
    return Objects.requireNonNull(names.get(id), id::toString);
  }

  private boolean isPublished(FileVersion version) {
    return now - version.lastNews() < PUBLISHER_LEASE;
  }

  private BlockLayout layout(FileVersion version) {
    return layouts.computeIfAbsent(version.id(), id -> obtainable(version));
  }

  /**
   * A version as far as its blocks, from the first on, can be had from hosts that are up or from
   * its publisher: what lies behind a block that nobody has waits until somebody comes back.
   */
  private BlockLayout obtainable(FileVersion version) {
    BlockLayout all = version.layout(isPublished(version));
    BlockSet somewhere = BlockSet.EMPTY;
    for (HostRecord host : up()) {
      if (isPublished(version) && version.origins().contains(host.id())) {
        return all;
      }
      somewhere = somewhere.union(trusted(host, version.id()));
    }
    int prefix = somewhere.prefixCount();
    if (prefix >= all.blockCount()) {
      return all;
    }
    lacking.add("block %d of %s is held by no host that is up".formatted(prefix, version.id()));
    return whole ? all : new BlockLayout(all.offset(prefix), all.blockSize());
  }

  private BlockSet trusted(HostRecord host, FileId file) {
    return cluster.suspicions.trusted(host.id(), file, host.held(file));
  }

  private void addState(FileVersion version, String name) {
    BlockSet all = Layouts.all(layout(version));
    for (HostRecord host : up()) {
      BlockSet held = trusted(host, version.id()).intersection(all);
      if (!held.isEmpty()) {
        holdings.add(new Holding(host.id(), name, held));
      }
      BlockSet toCome = all.minus(held);
      BlockSet fed = toCome.intersection(toBeFed(host, version));
      double start = 0;
      for (BlockRange r : fed.ranges()) {
        Generation g =
            new Generation(host.id(), name, r.first(), r.last(), start, FEED_BYTES_PER_SECOND);
        generations.add(g);
        start = g.heldAt(layout(version), r.last());
      }
      addIncoming(host, version, name, toCome.minus(fed));
    }
  }

  /** The blocks that a publisher is about to hand to a host: not those that it has handed over. */
  private BlockSet toBeFed(HostRecord host, FileVersion version) {
    if (!isPublished(version) || !version.origins().contains(host.id())) {
      return BlockSet.EMPTY;
    }
    FileId file = version.id();
    return Layouts.all(layout(version)).minus(host.held(file)).minus(host.lost(file));
  }

  private void addIncoming(HostRecord host, FileVersion version, String name, BlockSet toCome) {
    BlockSet uncovered = toCome;
    for (Traffic.Running r : cluster.traffic.to(host.id())) {
      HostRecord from = cluster.hosts.get(r.order().from());
      if (!r.order().file().equals(version.id()) || from == null || !from.isUsable()) {
        continue;
      }
      double start = 0;
      for (BlockRange range : r.blocks().intersection(uncovered).ranges()) {
        Copy c =
            new Copy(
                name, from.id(), host.id(), range.first(), range.last(), start, r.order().rate());
        inProgress.add(c);
        start = c.end(layout(version));
      }
      uncovered = uncovered.minus(r.blocks());
    }
  }
}
