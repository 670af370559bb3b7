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

  private final Map<FileId, FileVersion> involved = new TreeMap<>();
  private final List<Holding> holdings = new ArrayList<>();
  private final List<Generation> generations = new ArrayList<>();
  private final List<Copy> inProgress = new ArrayList<>();
  private final List<Demand> demands = new ArrayList<>();

  ProblemBuilder(Cluster cluster, double now) {
    this.cluster = cluster;
    this.now = now;
  }

  /**
   * @param number of the request
   * @param without demands to leave out
   * @param metToo whether demands that are met belong in it
   */
  PlanRequest build(long number, Set<FileSets.Wanted> without, boolean metToo) {
    List<FileSets.Wanted> wanted = new ArrayList<>();
    for (HostRecord host : up()) {
      for (FileSets.Wanted w : cluster.fileSets.of(host.id(), cluster.publications)) {
        BlockSet missing = Layouts.all(layout(w.version())).minus(trusted(host, w.version().id()));
        if (!without.contains(w) && (metToo || !missing.isEmpty())) {
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
    return new PlanRequest(number, now, problem, byName);
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
    return version.layout(isPublished(version));
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
