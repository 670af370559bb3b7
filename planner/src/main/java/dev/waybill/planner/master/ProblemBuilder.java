package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Cluster cluster;
  private final double now;

  /** Time 0 of the problem, in seconds: now, or a moment to come that is planned for ahead. */
  private final double at;

  private final boolean whole;
  private final List<String> lacking = new ArrayList<>();
  private final Map<FileId, BlockLayout> layouts = new HashMap<>();
  private final Map<FileId, FileVersion> involved = new TreeMap<>();
  private final List<Holding> holdings = new ArrayList<>();
  private final List<Generation> generations = new ArrayList<>();
  private final List<Copy> inProgress = new ArrayList<>();
  private final List<Demand> demands = new ArrayList<>();

  /** Copies of the schedule in force that are to stay. */
  private final Map<Traffic.Delivery, List<Traffic.Planned>> waiting = new HashMap<>();

  private final List<Traffic.Planned> kept = new ArrayList<>();

  /** Whether the problem is of what the schedule in force leaves open. */
  private boolean beside;

  /** Whether the problem is to prove something, which has to hold however fast a publisher is. */
  private boolean proving;

  /** Copies that run and are to be planned anew. */
  private Set<Long> ending = Set.of();

  private ProblemBuilder(Cluster cluster, double now, double at, boolean whole) {
    this.cluster = cluster;
    this.now = now;
    this.at = at;
    this.whole = whole;
  }

  /**
   * What can be planned now: the demands that are not met, as far as their files can be had.
   *
   * @param number of the request
   * @param without demands to leave out
   */
  static PlanRequest open(Cluster cluster, double now, long number, Set<FileSets.Wanted> without) {
    return new ProblemBuilder(cluster, now, now, false).build(number, without);
  }

  /**
   * The same, as if some copies that run did not, nor those that pass on what these were to bring.
   *
   * @param ending the ids of the first
   */
  static PlanRequest openWithout(
      Cluster cluster, double now, long number, Set<FileSets.Wanted> without, Set<Long> ending) {
    ProblemBuilder b = new ProblemBuilder(cluster, now, now, false);
    b.ending = Dependents.with(ending, cluster, now);
    return b.build(number, without);
  }

  /**
   * What is to be planned beside the schedule in force: its waiting copies count as in progress, at
   * the times at which they are planned from now on, so that only what they do not bring is open,
   * and only what they leave of the resources is free (claim 6).
   */
  static PlanRequest beside(
      Cluster cluster, double now, long number, Set<FileSets.Wanted> without) {
    ProblemBuilder b = new ProblemBuilder(cluster, now, now, false);
    for (Traffic.Planned p : cluster.traffic.waiting()) {
      Traffic.Delivery delivery = new Traffic.Delivery(p.to(), p.file());
      b.waiting.computeIfAbsent(delivery, d -> new ArrayList<>()).add(p);
    }
    b.beside = true;
    return b.build(number, without);
  }

  /**
   * What could be planned at a moment to come, if nothing changed until then but the demands that
   * begin and the capacities.
   */
  static PlanRequest ahead(Cluster cluster, double now, double at, long number) {
    return new ProblemBuilder(cluster, now, at, false).build(number, Set.of());
  }

  /** One version and the hosts that are to have it, and nothing else that would be in its way. */
  static Problem alone(
      Cluster cluster, double now, double at, FileVersion version, Set<String> hosts) {
    ProblemBuilder b = new ProblemBuilder(cluster, now, at, true);
    b.proving = true;
    String name = version.id().name();
    for (HostRecord host : b.up()) {
      if (hosts.contains(host.id())) {
        b.demands.add(new Demand(host.id(), name));
      }
    }
    b.addState(version, name);
    FileSpec file = new FileSpec(name, version.id().version(), b.layout(version));
    return new Problem(
        "admission",
        "",
        b.network(),
        List.of(file),
        b.holdings,
        b.generations,
        List.of(),
        b.demands,
        Objective.MAKESPAN);
  }

  /** The whole state, with the demands that are met and the blocks that nobody has. */
  static PlanRequest everything(Cluster cluster, double now, long number) {
    return new ProblemBuilder(cluster, now, now, true).build(number, Set.of());
  }

  private PlanRequest build(long number, Set<FileSets.Wanted> without) {
    List<FileSets.Wanted> wanted = new ArrayList<>();
    Set<String> unfinished = unfinished();
    for (HostRecord host : up()) {
      for (FileSets.Wanted w : mayLack(host, unfinished)) {
        boolean waits =
            host.restsUntil() > 0
                || host.refusal(w.version().id()) != null
                || !w.entry().hasBegun(at);
        if (waits && !whole) {
          continue;
        }
        if (!whole && isDone(host, w.version())) {
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
              deadline == null ? null : Math.max(0, deadline - at)));
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
            network(),
            files,
            holdings,
            generations,
            inProgress,
            demands,
            new Objective(1, 0, 0, deadlines ? 1 : 0));
    Map<String, FileId> byName = new HashMap<>();
    names.forEach((id, name) -> byName.put(name, id));
    return new PlanRequest(
        number,
        at,
        problem,
        cluster.network,
        byName,
        lacking,
        at > now,
        ending,
        beside ? kept : null);
  }

  /** The names of files that somebody may lack; most of a big network's are none of these. */
  private Set<String> unfinished() {
    Set<String> names = new HashSet<>();
    for (FileVersion v : cluster.publications.all()) {
      Distributions.Distribution d = cluster.distributions.find(v.id());
      if (d == null || !d.isFinished()) {
        names.add(v.id().name());
      }
    }
    return names;
  }

  private List<FileSets.Wanted> mayLack(HostRecord host, Set<String> unfinished) {
    boolean any = whole || !host.freeing().isEmpty() || cluster.suspicions.isSuspect(host.id());
    return any
        ? cluster.fileSets.of(host.id(), cluster.publications)
        : cluster.fileSets.of(host.id(), unfinished, cluster.publications);
  }

  /** What most of a big network's files are: there, and above suspicion. */
  private boolean isDone(HostRecord host, FileVersion version) {
    return StatusReport.isComplete(host, version)
        && !host.isFreeing(version.id())
        && !cluster.suspicions.isSuspect(host.id());
  }

  private Collection<HostRecord> up() {
    return cluster.hosts.values().stream().filter(HostRecord::isUsable).toList();
  }

  /** The hosts that are up, with the capacities in force; what is out of service gives nothing. */
  private Network network() {
    List<Resource> resources = new ArrayList<>();
    // What is to hold in any case reckons with all that the network file says.
    for (Resource r : whole || proving ? cluster.resourcesAt(at) : cluster.believedAt(at)) {
      boolean out = cluster.failures.isOut("resource:" + r.id());
      resources.add(out ? new Resource(r.id(), DataRate.ZERO, r.costPerByte()) : r);
    }
    List<Host> list = new ArrayList<>();
    for (HostRecord r : up()) {
      Host h = Objects.requireNonNull(cluster.network.hosts().get(r.id()), r.id());
      DataSize storage = h.storage();
      if (storage != null) {
        storage = new DataSize(Math.max(0, storage.bytes() - r.heldBytes(cluster.publications)));
      }
      List<String> egress = h.egress();
      if (!cluster.maySend(r)) {
        Resource none = new Resource("out-of-service:" + h.id(), DataRate.ZERO, 0);
        resources.add(none);
        egress = new ArrayList<>(egress);
        egress.add(none.id());
      }
      boolean asDescribed = cluster.maySend(r) && storage == null && h.address() == null;
      list.add(
          asDescribed
              ? h
              : new Host(h.id(), h.location(), egress, h.ingress(), h.relay(), storage, null));
    }
    Network all = new Network(resources, cluster.network.paths(), list);
    return whole ? all : Separation.of(all, cluster.avoidances.now());
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

  private BlockLayout layout(FileVersion version) {
    return layouts.computeIfAbsent(version.id(), id -> obtainable(version));
  }

  /**
   * A version as far as its blocks, from the first on, can be had from hosts that are up or from
   * its publisher: what lies behind a block that nobody has waits until somebody comes back.
   */
  private BlockLayout obtainable(FileVersion version) {
    boolean beingMade = version.isBeingMade(now);
    BlockLayout all = version.layout(beingMade);
    BlockSet somewhere = BlockSet.EMPTY;
    for (HostRecord host : up()) {
      if (beingMade && version.origins().contains(host.id())) {
        return all;
      }
      somewhere = somewhere.union(trusted(host, version.id()));
      if (somewhere.prefixCount() >= all.blockCount()) {
        return all;
      }
    }
    int prefix = somewhere.prefixCount();
    if (prefix >= all.blockCount()) {
      return all;
    }
    lacking.add("block %d of %s is held by no host that is up".formatted(prefix, version.id()));
    return whole ? all : new BlockLayout(all.offset(prefix), all.blockSize());
  }

  private BlockSet trusted(HostRecord host, FileId file) {
    return cluster.trusted(host, file);
  }

  private void addState(FileVersion version, String name) {
    BlockSet all = Layouts.all(layout(version));
    for (HostRecord host : up()) {
      BlockSet held = trusted(host, version.id()).intersection(all);
      if (!held.isEmpty()) {
        holdings.add(new Holding(host.id(), name, held));
      }
      BlockSet toCome = all.minus(held);
      BlockSet fed = toCome.intersection(cluster.toBeFed(host, version, now));
      addGenerations(host, version, name, fed);
      addIncoming(host, version, name, toCome.minus(fed));
    }
  }

  /**
   * What a publisher has made comes as fast as it can be handed over; then comes what it has yet to
   * make, as fast as it has been seen to make it.
   */
  private void addGenerations(HostRecord host, FileVersion version, String name, BlockSet fed) {
    BlockSet made = fed.intersection(BlockSet.prefix(version.knownBlocks()));
    double start = 0;
    for (BlockRange r : made.ranges()) {
      start = addGeneration(host, version, name, r, start, FileVersion.FEED_BYTES_PER_SECOND);
    }
    double rate = proving ? FileVersion.FEED_BYTES_PER_SECOND : version.expectedRate();
    for (BlockRange r : fed.minus(made).ranges()) {
      start = addGeneration(host, version, name, r, start, rate);
    }
  }

  /** Returns when the last of the blocks is there. */
  private double addGeneration(
      HostRecord host, FileVersion version, String name, BlockRange r, double start, double rate) {
    Generation g = new Generation(host.id(), name, r.first(), r.last(), start, rate);
    generations.add(g);
    return g.heldAt(layout(version), r.last());
  }

  private void addIncoming(HostRecord host, FileVersion version, String name, BlockSet toCome) {
    BlockSet uncovered = toCome;
    for (Traffic.Running r : cluster.traffic.to(host.id(), version.id())) {
      HostRecord from = cluster.hosts.get(r.order().from());
      if (ending.contains(r.order().id()) || from == null || !from.isUsable()) {
        continue;
      }
      double start = 0;
      for (BlockRange range : r.blocks().intersection(uncovered).ranges()) {
        Copy c =
            new Copy(name, from.id(), host.id(), range.first(), range.last(), start, r.share());
        inProgress.add(c);
        start = c.end(layout(version));
      }
      uncovered = uncovered.minus(r.blocks());
    }
    addWaiting(host, version, name, uncovered);
  }

  private void addWaiting(HostRecord host, FileVersion version, String name, BlockSet toCome) {
    BlockSet uncovered = toCome;
    BlockLayout layout = layout(version);
    Traffic.Delivery delivery = new Traffic.Delivery(host.id(), version.id());
    for (Traffic.Planned p : waiting.getOrDefault(delivery, List.of())) {
      HostRecord from = cluster.hosts.get(p.from());
      if (from == null || !cluster.maySend(from) || cluster.avoidances.avoids(p.to(), p.from())) {
        continue;
      }
      double end = 0;
      for (BlockRange r : BlockSet.of(p.first(), p.last()).intersection(uncovered).ranges()) {
        // Where it sorts: also of those that are late, one may pass on what another brings.
        double planned = p.startOf(r.first(), layout);
        kept.add(
            new Traffic.Planned(
                p.file(), p.from(), p.to(), r.first(), r.last(), planned, p.rate()));
        double start = Math.max(end, planned - now);
        Copy c = new Copy(name, p.from(), p.to(), r.first(), r.last(), start, p.rate());
        inProgress.add(c);
        end = c.end(layout);
      }
      uncovered = uncovered.minus(BlockSet.of(p.first(), p.last()));
    }
  }
}
