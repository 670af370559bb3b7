package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.protocol.Orders;
import dev.waybill.planner.catalogue.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that the master knows at one moment, and what it wants done: the part of the core that
 * its other parts share.
 */
final class Cluster {
  final Network network;
  final int term;
  final Map<String, HostRecord> hosts = new LinkedHashMap<>();
  final Publications publications = new Publications();
  final FileSets fileSets = new FileSets();
  final Suspicions suspicions = new Suspicions();
  final Distributions distributions = new Distributions();
  final Traffic traffic;
  private final Set<String> changedOrders = new LinkedHashSet<>();
  private List<MasterEffect> effects = new ArrayList<>();
  private long revisions;
  private long copies;
  private boolean stale = true;

  /**
   * @param term of this master: higher than that of any before it
   */
  Cluster(Network network, int term) {
    this.network = network;
    this.term = term;
    this.traffic = new Traffic(network);
    for (Host h : network.hosts().values()) {
      hosts.put(h.id(), new HostRecord(h, nextRevision()));
    }
  }

  HostRecord host(String id) {
    return Objects.requireNonNull(hosts.get(id), id);
  }

  FileVersion version(FileId file) {
    return Objects.requireNonNull(publications.find(file), () -> "no " + file);
  }

  boolean isWanted(String host, FileVersion version) {
    return fileSets.wants(host, version.id(), publications);
  }

  /** Whether a host is told of a version: it is to have it, is given it, or passes it on. */
  boolean isConcerned(String host, FileVersion version) {
    return version.origins().contains(host)
        || isWanted(host, version)
        || traffic.to(host).stream().anyMatch(r -> r.order().file().equals(version.id()));
  }

  /**
   * Whether a host holds these blocks, or is being given them by its publisher or by running
   * copies.
   */
  boolean has(HostRecord host, FileVersion version, BlockSet blocks) {
    FileId file = version.id();
    BlockSet missing =
        blocks
            .minus(suspicions.trusted(host.id(), file, host.held(file)))
            .minus(traffic.incoming(host.id(), file));
    if (version.origins().contains(host.id())) {
      // Its publisher hands over what it has never held, and nothing twice.
      return missing.intersection(host.held(file).union(host.lost(file))).isEmpty();
    }
    return missing.isEmpty();
  }

  /** What is possible has changed: the schedule in force no longer fits. */
  void replan() {
    stale = true;
  }

  /** Whether a new schedule is called for; asking settles it. */
  boolean takeStale() {
    boolean was = stale;
    stale = false;
    return was;
  }

  boolean isStale() {
    return stale;
  }

  /** A host's orders are no longer what they were. */
  void revise(HostRecord host) {
    host.revised(nextRevision());
    changedOrders.add(host.id());
  }

  private long nextRevision() {
    return Orders.number(term, ++revisions);
  }

  /** An id that no copy of this or an earlier term has. */
  long nextCopy() {
    return Orders.number(term, ++copies);
  }

  /** Whether a master of an earlier term has given a copy its id. */
  boolean isOfEarlierTerm(long copy) {
    return Orders.epochOf(copy) < term;
  }

  void persist(Change change) {
    effects.add(new MasterEffect.Persist(change));
  }

  void note(String line) {
    effects.add(new MasterEffect.Note(line));
  }

  void solve(PlanRequest request) {
    effects.add(new MasterEffect.Solve(request));
  }

  /** All effects since this was last asked. */
  List<MasterEffect> takeEffects() {
    List<MasterEffect> taken = effects;
    effects = new ArrayList<>();
    changedOrders.forEach(h -> taken.add(new MasterEffect.OrdersChanged(h)));
    changedOrders.clear();
    return List.copyOf(taken);
  }

  /** Starts the clock of a version's distribution where somebody is to have it. */
  void startClock(FileVersion version, double now) {
    Map<String, BlockSet> held = new HashMap<>();
    boolean wanted = false;
    for (HostRecord h : hosts.values()) {
      wanted |= isWanted(h.id(), version);
      if (!h.held(version.id()).isEmpty()) {
        held.put(h.id(), h.held(version.id()));
      }
    }
    if (wanted) {
      distributions.started(version.id(), held, now);
    }
  }

  /** Stops the clock of a version's distribution where everybody has it. */
  void stopClock(FileVersion version, double now) {
    Distributions.Distribution d = distributions.find(version.id());
    if (d == null) {
      return;
    }
    boolean done = version.isWhole();
    for (HostRecord h : hosts.values()) {
      done &= !isWanted(h.id(), version) || StatusReport.isComplete(h, version);
    }
    d.finished(done, now);
  }
}
