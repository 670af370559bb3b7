package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.FileInfo;
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
import org.jspecify.annotations.Nullable;

/**
 * Everything that the master knows at one moment, and what it wants done: the part of the core that
 * its other parts share.
 */
final class Cluster {
  /** So long news may wait that a version is there, or how far it has grown. */
  private static final double NEWS_SECONDS = 0.5;

  /** Hosts that suffer from the same cause say so within this time, in seconds. */
  private static final double FAILURES_SECONDS = 0.2;

  /** What the network file says; another one where it has been edited. */
  Fleet fleet;

  Network network;

  /** Whether what a slow resource gives counts, and not what the network file says. */
  private final boolean useMeasured;

  /** A host that has said nothing for so long is silent, in seconds. */
  final double lease;

  final int term;
  final Map<String, HostRecord> hosts = new LinkedHashMap<>();

  /** The same hosts; one that has been added stays where it is. */
  private final List<HostRecord> inOrder = new ArrayList<>();

  final Publications publications = new Publications();
  final FileSets fileSets = new FileSets();
  final Suspicions suspicions = new Suspicions();
  final FailureAccounts failures;
  final Measurements measurements = new Measurements();
  final Shortfalls shortfalls = new Shortfalls();
  final Avoidances avoidances = new Avoidances();
  final Distributions distributions = new Distributions();
  final Traffic traffic;

  /** The versions whose publishers are taken to go on. */
  private final Set<FileVersion> beingMade = new LinkedHashSet<>();

  private final Set<String> changedOrders = new LinkedHashSet<>();

  /** Hosts for which there are news that can wait, and since when: the longest first. */
  private final Map<String, Double> uninformed = new LinkedHashMap<>();

  private List<MasterEffect> effects = new ArrayList<>();
  private long revisions;
  private long copies;
  private Staleness stale = Staleness.ALL;

  /** When the first copy failed since a schedule was called for, in seconds; NaN: none has. */
  private double failedAt = Double.NaN;

  /** How much of the schedule in force no longer fits. */
  enum Staleness {
    NOTHING,
    /** Something is to be added to it; what it has stays good. */
    PART,
    ALL
  }

  /**
   * @param term of this master: higher than that of any before it
   */
  Cluster(Fleet fleet, MasterConfig config, int term, double now) {
    this.useMeasured = config.useMeasured();
    this.lease = config.lease();
    this.fleet = fleet;
    this.network = fleet.network();
    this.term = term;
    this.failures = new FailureAccounts(config.failures());
    this.traffic = new Traffic(network);
    traffic.ledger().capacities(fleet.resourcesAt(now));
    fileSets.groups(fleet.groups());
    network.hosts().values().forEach(this::addHost);
  }

  boolean usesMeasured() {
    return useMeasured;
  }

  /** The resources with the capacities that count at a moment. */
  List<Resource> resourcesAt(double epochSeconds) {
    List<Resource> stated = fleet.resourcesAt(epochSeconds);
    return useMeasured
        ? stated.stream().map(r -> measurements.of(shortfalls.of(r, epochSeconds))).toList()
        : stated;
  }

  /** The same, where some are guessed to give less: with that. */
  List<Resource> believedAt(double epochSeconds) {
    return resourcesAt(epochSeconds).stream().map(r -> shortfalls.of(r, epochSeconds)).toList();
  }

  /** The resources between two hosts; none where there is no way. */
  Set<String> way(String from, String to) {
    Set<String> way = network.way(from, to);
    return way == null ? Set.of() : way;
  }

  /** What is guessed of resources has changed: copies are ordered by that from now on. */
  void believe(double now) {
    traffic.ledger().capacities(believedAt(now));
    traffic.touchAll();
  }

  /** A host of the network file; what is known of it stays. */
  void addHost(Host host) {
    HostRecord known = hosts.get(host.id());
    if (known == null) {
      HostRecord added = new HostRecord(host, nextRevision());
      hosts.put(host.id(), added);
      inOrder.add(added);
    } else {
      known.described(host);
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

  /**
   * What a host is told of a version: it is to have it, is given it, or passes it on; null where
   * none of these.
   */
  @Nullable FileInfo told(String host, FileVersion version) {
    boolean wanted = isWanted(host, version);
    boolean origin = version.origins().contains(host);
    return wanted || (origin && !version.isWithdrawn()) || traffic.brings(host, version.id())
        ? version.info(wanted, origin)
        : null;
  }

  /**
   * Whether a host holds these blocks, or is being given them by its publisher or by running
   * copies.
   */
  boolean has(HostRecord host, FileVersion version, BlockSet blocks, double now) {
    return has(host, version, blocks, Set.of(), now);
  }

  /** The same without some of the running copies. */
  boolean has(HostRecord host, FileVersion version, BlockSet blocks, Set<Long> ending, double now) {
    return without(host, version, blocks, ending, now).isEmpty();
  }

  /**
   * As many of these blocks, from the first on, as a host has or is being given; null where it is
   * not even the first.
   */
  @Nullable BlockRange leading(
      HostRecord host, FileVersion version, BlockRange blocks, double now) {
    BlockSet all = BlockSet.of(blocks.first(), blocks.last());
    BlockSet lacking = without(host, version, all, Set.of(), now);
    int end = lacking.isEmpty() ? blocks.last() + 1 : lacking.ranges().get(0).first();
    return end == blocks.first() ? null : new BlockRange(blocks.first(), end - 1);
  }

  private BlockSet without(
      HostRecord host, FileVersion version, BlockSet blocks, Set<Long> ending, double now) {
    FileId file = version.id();
    return blocks
        .minus(trusted(host, file))
        .minus(traffic.incoming(host.id(), file, ending))
        .minus(toBeFed(host, version, now));
  }

  /**
   * The blocks that a publisher is about to hand to a host: none that the host has held, for it
   * hands over nothing twice.
   */
  BlockSet toBeFed(HostRecord host, FileVersion version, double now) {
    return version.isBeingMade(now) ? yetToBeFed(host, version) : BlockSet.EMPTY;
  }

  private static BlockSet yetToBeFed(HostRecord host, FileVersion version) {
    FileId file = version.id();
    return version.origins().contains(host.id())
        ? Layouts.all(version.layout(true)).minus(host.held(file)).minus(host.lost(file))
        : BlockSet.EMPTY;
  }

  /** Whether its origins lack what its publisher has made or promised. */
  boolean isToBeFed(FileVersion version) {
    return !version.isWithdrawn()
        && version.origins().stream()
            .map(hosts::get)
            .anyMatch(h -> h != null && !yetToBeFed(h, version).isEmpty());
  }

  /** The publisher of a version has shown that it is at work. */
  void heardOf(FileVersion version, double now) {
    if (!version.isBeingMade(now) && isToBeFed(version)) {
      mend();
    }
    version.heardOf(now);
    beingMade.add(version);
  }

  /** A schedule is being made that reckons with the rates at which blocks are being made now. */
  void reckon() {
    beingMade.forEach(FileVersion::reckon);
  }

  /** What is expected of publishers that have said nothing for a while is given up. */
  void expirePublishers(double now) {
    for (FileVersion version : List.copyOf(beingMade)) {
      if (!version.isBeingMade(now)) {
        beingMade.remove(version);
        if (isToBeFed(version)) {
          note("the publisher of " + version.id() + " has fallen silent");
          replan();
        }
      }
    }
  }

  /**
   * The blocks that a host can be asked for: those that it holds, but none that it is suspected of
   * or has been told to delete.
   */
  BlockSet trusted(HostRecord host, FileId file) {
    return host.isFreeing(file)
        ? BlockSet.EMPTY
        : suspicions.trusted(host.id(), file, host.held(file));
  }

  /** Whether copies may be ordered from a host: it is there, and in service. */
  boolean maySend(HostRecord host) {
    return host.isUsable() && (!isOutOfService(host.id()) || host.isIndispensable());
  }

  /** Whether a host has been blamed so often that nothing is asked of it for a while. */
  boolean isOutOfService(String host) {
    return failures.isOut("host:" + host) || failures.isOut("interface:" + host);
  }

  /** Whether no resource of a way is out of service. */
  boolean isInService(Set<String> way) {
    return way.stream().noneMatch(r -> failures.isOut("resource:" + r));
  }

  /** What is possible has changed: the schedule in force no longer fits. */
  void replan() {
    stale = Staleness.ALL;
  }

  /**
   * Something is to be planned beside the schedule in force: a copy has failed, a block is new or
   * lost, a demand is new (claim 6).
   */
  void mend() {
    if (stale == Staleness.NOTHING) {
      stale = Staleness.PART;
    }
  }

  /**
   * A copy has failed: that is to be mended, once all who suffer from the same cause have had the
   * time to say so. A schedule of only a part of what has gone wrong would lean on the rest.
   */
  void failed(double now) {
    failedAt = Double.isNaN(failedAt) ? now : failedAt;
    mend();
  }

  /** Whether something has gone wrong, or what is possible has changed. */
  boolean isUpset() {
    return !Double.isNaN(failedAt) || stale == Staleness.ALL;
  }

  /** Whether more failures of the same cause may become known. */
  boolean isUnsettled(double now) {
    return now < failedAt + FAILURES_SECONDS;
  }

  /** How much of a new schedule is called for; asking settles it. */
  Staleness takeStale() {
    Staleness was = stale;
    stale = Staleness.NOTHING;
    failedAt = Double.NaN;
    return was;
  }

  boolean isStale() {
    return stale != Staleness.NOTHING;
  }

  /** A host's orders are no longer what they were. */
  void revise(HostRecord host) {
    host.revised(nextRevision());
    changedOrders.add(host.id());
    uninformed.remove(host.id());
  }

  /**
   * There are news for a host that can wait a little: it hears them with its next orders, or with
   * those that come after it. What grows has news many times a second, and each time every host
   * would ask for them.
   */
  void inform(HostRecord host, double now) {
    uninformed.putIfAbsent(host.id(), now);
  }

  /** Has hosts hear what has waited for long enough. */
  void informOverdue(double now) {
    while (!uninformed.isEmpty()) {
      Map.Entry<String, Double> longest = uninformed.entrySet().iterator().next();
      if (now - longest.getValue() < NEWS_SECONDS) {
        return;
      }
      uninformed.remove(longest.getKey());
      HostRecord host = hosts.get(longest.getKey());
      if (host != null) {
        revise(host);
      }
    }
  }

  /** Takes a running copy off the books; its receiver is told to end it where it has not. */
  void end(Traffic.Running copy) {
    traffic.end(copy.order().id());
    revise(host(copy.to()));
  }

  /** Takes a running copy off the books that nobody wants any more, or that has no way. */
  void takeBack(Traffic.Running copy, double now) {
    end(copy);
    noteTakenBack(copy, now);
  }

  private void noteTakenBack(Traffic.Running copy, double now) {
    distributions.note(copy.order().file(), r -> r.takenBack(copy.order().id(), now));
  }

  /** Has a receiver end a running copy; what the copy has allocated is free once it has. */
  void retire(Traffic.Running copy, double now) {
    HostRecord receiver = host(copy.to());
    revise(receiver);
    traffic.retire(copy, receiver.revision(), now + lease);
    noteTakenBack(copy, now);
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

  /** The answer to what is being solved will not be used. */
  void stopSolving() {
    effects.add(new MasterEffect.StopSolving());
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
    if (version.isWithdrawn()) {
      return;
    }
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
      stopClock(version, now);
    }
  }

  /** A host has said what it has of a version: the clock stops where everybody has it by that. */
  void stopClock(FileVersion version, HostRecord by, double now) {
    Distributions.Distribution d = distributions.find(version.id());
    if (d == null || !d.isFinished()) {
      stopClock(version, now);
    } else if (lacks(by, version)) {
      d.finished(false, now);
    }
  }

  /** Stops the clock of a version's distribution where everybody has it. */
  void stopClock(FileVersion version, double now) {
    Distributions.Distribution d = distributions.find(version.id());
    if (d != null) {
      d.finished(version.isWhole() && !somebodyLacks(version, d), now);
    }
  }

  /** From the host on that lacked it when it was last looked, most likely it still does. */
  private boolean somebodyLacks(FileVersion version, Distributions.Distribution d) {
    for (int looked = 0; looked < inOrder.size(); looked++) {
      int host = (d.lacking() + looked) % inOrder.size();
      if (lacks(inOrder.get(host), version)) {
        d.lacking(host);
        return true;
      }
    }
    return false;
  }

  private boolean lacks(HostRecord host, FileVersion version) {
    return !StatusReport.isComplete(host, version) && isWanted(host.id(), version);
  }
}
