package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.BlockRef;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyState;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Report;
import dev.waybill.planner.master.Reply.Accepted;
import dev.waybill.planner.master.Reply.Declined;
import dev.waybill.planner.master.Reply.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the master makes of the reports of hosts: what they hold, how far their copies have come,
 * whom they blame, and whether they are there at all (claims 1, 2, 14 to 19, 26, 28).
 */
final class HostReports {
  /** So long nothing is sent to a host whose disk has failed a copy. */
  private static final double REST_SECONDS = 5;

  /** A sender that waits for so long for what it has reported to hold sends nothing. */
  private static final double STILL_SECONDS = 15;

  private final Cluster cluster;
  private final OrderBook orders;
  private final Sweep sweep;
  private final Verdicts verdicts;

  HostReports(Cluster cluster, OrderBook orders, Sweep sweep, Verdicts verdicts) {
    this.cluster = cluster;
    this.orders = orders;
    this.sweep = sweep;
    this.verdicts = verdicts;
  }

  /** Takes in a report; its answer is to be asked for when all that follows from it is done. */
  Supplier<Reply<Optional<Orders>>> reported(Report report, double now) {
    HostRecord host = cluster.hosts.get(report.host());
    if (host == null) {
      return () -> new Declined<>(Why.UNKNOWN, "the master knows no host '" + report.host() + "'");
    }
    String objection = objection(report);
    if (objection != null) {
      return () -> new Declined<>(Why.MALFORMED, objection);
    }
    boolean resync = host.isNewIncarnation(report) && !report.complete();
    if (!host.isStale(report)) {
      takeIn(host, report, now);
    }
    return () ->
        new Accepted<>(
            resync
                ? Optional.of(orders.orders(host, 0, true))
                : orders.since(host, report.seenRevision()));
  }

  private @Nullable String objection(Report report) {
    for (CopyState c : report.copies()) {
      CopyOrder o = c.order();
      if (o.first() < 0 || o.last() < o.first() || !(o.rate() > 0) || Double.isInfinite(o.rate())) {
        return "%s reports copy %d of blocks %d to %d at %s bytes/s, which nobody can have ordered"
            .formatted(report.host(), o.id(), o.first(), o.last(), o.rate());
      }
    }
    for (FileState s : report.files()) {
      FileVersion version = cluster.publications.find(s.file());
      if (version != null && s.held().end() > version.knownBlocks()) {
        return "%s has no block %d, and %s reports it"
            .formatted(s.file(), s.held().end() - 1, report.host());
      }
    }
    return null;
  }

  private void takeIn(HostRecord host, Report report, double now) {
    boolean wasUsable = host.isUsable();
    boolean wasUp = host.isUp();
    if (host.isNewIncarnation(report)) {
      forgetCopiesTo(host, report);
    }
    Map<FileId, FileState> before = before(host, report);
    host.heard(report, now);
    verdicts.heard(host);
    List<Traffic.Running> adopted = adopt(host, report, now);
    measure(host, report, now);
    forgetCopiesUnsaid(host, report);
    cluster.traffic.follows(host.id(), report.seenRevision());
    takeInFiles(host, report, before, now);
    adopted.forEach(new Pace(cluster, now)::begins);
    report.outcomes().forEach(outcome -> ended(host, outcome, now));
    report.brokenOff().forEach(id -> brokenOff(host, id, now));
    sweep.run(host, now);
    cluster.traffic.touch(host.id());
    if (!wasUsable) {
      cluster.replan();
    }
    if (!wasUp) {
      cluster.revise(host);
      cluster.note(host.id() + " is up at " + report.address());
    }
  }

  /** What it said before of the files that the report can change. */
  private static Map<FileId, FileState> before(HostRecord host, Report report) {
    if (report.complete()) {
      return Map.copyOf(host.files());
    }
    Map<FileId, FileState> before = new HashMap<>();
    for (FileState s : report.files()) {
      FileState old = host.files().get(s.file());
      if (old != null) {
        before.put(s.file(), old);
      }
    }
    return before;
  }

  /** A host that has started anew carries out only the copies that it says. */
  private void forgetCopiesTo(HostRecord host, Report report) {
    Set<Long> alive = new HashSet<>();
    report.copies().forEach(c -> alive.add(c.order().id()));
    for (Traffic.Running r : cluster.traffic.to(host.id())) {
      if (!alive.contains(r.order().id())) {
        cluster.end(r);
        cluster.mend();
      }
    }
  }

  /** Books the copies that an earlier term of the master has ordered and that go on. */
  private List<Traffic.Running> adopt(HostRecord host, Report report, double now) {
    List<Traffic.Running> adopted = new ArrayList<>();
    for (CopyState c : report.copies()) {
      CopyOrder order = c.order();
      FileVersion version = cluster.publications.find(order.file());
      if (version != null
          && cluster.isOfEarlierTerm(order.id())
          && cluster.traffic.mayAdopt(order, host.id())) {
        BlockSet blocks = BlockSet.of(order.first(), order.last());
        long bytes = Layouts.bytes(version.layout(true), blocks);
        Traffic.Running copy = new Traffic.Running(order, host.id(), host.revision(), now, bytes);
        cluster.traffic.adopt(copy);
        adopted.add(copy);
        cluster.replan();
      }
    }
    return adopted;
  }

  private void measure(HostRecord host, Report report, double now) {
    for (CopyState c : report.copies()) {
      Traffic.Running copy = cluster.traffic.running(c.order().id());
      HostRecord from = cluster.hosts.get(c.order().from());
      FileVersion version = cluster.publications.find(c.order().file());
      if (copy == null || !copy.to().equals(host.id()) || from == null || version == null) {
        continue;
      }
      Integer waitsFor = c.waitsFor();
      boolean hasThat = waitsFor != null && from.held(version.id()).contains(waitsFor);
      if (copy.waitsForNothing(hasThat ? waitsFor : null, now) > STILL_SECONDS) {
        verdicts.waitsForNothing(copy, Objects.requireNonNull(waitsFor), now);
        continue;
      }
      Set<String> way = cluster.network.way(from.id(), host.id());
      boolean within = c.next() >= copy.order().first() && c.next() <= copy.order().last();
      if (way != null && within) {
        boolean has = from.held(version.id()).contains(c.next());
        cluster.measurements.progressed(copy, way, c.next(), version.layout(true), has, now);
      }
    }
  }

  private void forgetCopiesUnsaid(HostRecord host, Report report) {
    Set<Long> said = new HashSet<>();
    report.copies().forEach(c -> said.add(c.order().id()));
    report.outcomes().forEach(o -> said.add(o.id()));
    for (Traffic.Running r : cluster.traffic.to(host.id())) {
      if (r.revision() <= report.seenRevision() && !said.contains(r.order().id())) {
        // It has seen the order and neither carries it out nor says how it ended.
        cluster.end(r);
        cluster.mend();
      }
    }
  }

  private void takeInFiles(
      HostRecord host, Report report, Map<FileId, FileState> before, double now) {
    for (FileState s : report.files()) {
      FileVersion version = cluster.publications.find(s.file());
      if (version == null) {
        continue;
      }
      FileState old = before.get(s.file());
      if (s.equals(old) && !host.isFreeing(s.file())) {
        host.holdsStill(s);
        continue;
      }
      refusal(host, s, old);
      host.holds(s);
      if (s.published()) {
        cluster.distributions.note(s.file(), r -> r.arrived(host.id(), now));
      }
      BlockSet had = old == null ? BlockSet.EMPTY : old.held();
      BlockSet gained = s.held().minus(had);
      BlockSet incoming = cluster.traffic.incoming(host.id(), s.file());
      if (!gained.intersection(incoming).isEmpty()) {
        verdicts.progress(host, s.file(), now);
      }
      boolean fed = version.origins().contains(host.id());
      if (fed && !gained.isEmpty()) {
        cluster.heardOf(version, now);
      }
      boolean expected =
          gained.isEmpty()
              || (fed && version.promised() != null)
              || gained.minus(incoming).isEmpty();
      boolean freed = version.isWithdrawn() || !host.files().containsKey(s.file());
      if (!freed && (!expected || !had.minus(s.held()).isEmpty())) {
        cluster.mend();
      }
      if (s.published() || (old != null && old.published())) {
        cluster.stopClock(version, host, now);
      }
    }
    boolean lostFiles =
        report.complete()
            && before.values().stream()
                .anyMatch(f -> !f.held().isEmpty() && !host.files().containsKey(f.file()));
    if (lostFiles) {
      cluster.replan();
      before.keySet().forEach(f -> stopClock(f, host, now));
    }
  }

  /** Nothing is sent to a host of what it would throw away. */
  private void refusal(HostRecord host, FileState state, @Nullable FileState before) {
    String was = before == null ? null : before.refusal();
    String is = state.refusal();
    if (is == null) {
      if (was != null) {
        cluster.note(host.id() + " takes " + state.file() + " again");
        cluster.mend();
      }
    } else if (!is.equals(was)) {
      cluster.note(host.id() + " takes nothing of " + state.file() + ": " + is);
      cluster.traffic.to(host.id(), state.file()).forEach(cluster::end);
      cluster.mend();
    }
  }

  private void stopClock(FileId file, HostRecord host, double now) {
    FileVersion version = cluster.publications.find(file);
    if (version != null) {
      cluster.stopClock(version, host, now);
    }
  }

  private void brokenOff(HostRecord host, long id, double now) {
    Traffic.Running copy = cluster.traffic.running(id);
    if (copy == null) {
      cluster.traffic.brokenOff(host.id(), id);
    } else if (copy.order().from().equals(host.id())) {
      verdicts.brokenOff(copy, now);
    }
  }

  private void ended(HostRecord host, CopyOutcome outcome, double now) {
    Traffic.Running r = cluster.traffic.running(outcome.id());
    if (r == null || !r.to().equals(host.id())) {
      return;
    }
    cluster.end(r);
    cluster.distributions.note(r.order().file(), noted -> noted.ended(outcome, now));
    if (outcome instanceof CopyOutcome.Failed f) {
      verdicts.failed(host, r, f, now);
      if (f.reason() == CopyOutcome.Reason.CHECKSUM_DIFFERS) {
        cluster.suspicions.suspect(
            r.order().from(), new BlockRef(r.order().file(), f.block()), now);
        cluster.revise(cluster.host(r.order().from()));
      }
      if (f.reason() == CopyOutcome.Reason.OWN_DISK) {
        host.rest(now + REST_SECONDS);
      }
      cluster.note(
          "%s could not get %s from %s: %s; it blames %s"
              .formatted(host.id(), r.order().file(), r.order().from(), f.detail(), f.blamed()));
      cluster.failed(now);
    } else {
      verdicts.succeeded(r, now);
      if (!r.blocks().minus(host.held(r.order().file())).isEmpty()) {
        cluster.mend();
      }
    }
  }
}
