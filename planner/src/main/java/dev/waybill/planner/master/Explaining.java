package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.protocol.Explanation;
import dev.waybill.model.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a host is where it is with a file: what the master's core can say of it. */
final class Explaining {
  private static final int WAITING_SHOWN = 10;

  private final Cluster cluster;
  private final PlanningCycle planning;
  private final double now;

  Explaining(Cluster cluster, PlanningCycle planning, double now) {
    this.cluster = cluster;
    this.planning = planning;
    this.now = now;
  }

  Explanation of(HostRecord host, FileVersion version) {
    BlockSet all = Layouts.all(version.layout(false));
    BlockSet lacking = all.minus(host.held(version.id()));
    List<Explanation.Running> running = new ArrayList<>();
    double end = 0;
    for (Traffic.Running r : cluster.traffic.to(host.id())) {
      if (r.order().file().equals(version.id())) {
        BlockSet arrived = r.blocks().intersection(host.held(version.id()));
        long left = Layouts.bytes(version.layout(true), r.blocks().minus(arrived));
        end = Math.max(end, left / r.order().rate());
        running.add(
            new Explanation.Running(
                r.order().from(),
                r.order().first(),
                r.order().last(),
                r.order().rate(),
                arrived.count(),
                now - r.orderedAt()));
      }
    }
    List<WaitingCopies.Entry> waiting = cluster.traffic.waitingFor(host.id(), version.id());
    List<Explanation.Waiting> shown = new ArrayList<>();
    for (WaitingCopies.Entry e : waiting.subList(0, Math.min(WAITING_SHOWN, waiting.size()))) {
      shown.add(waiting(host, version, e));
    }
    for (WaitingCopies.Entry e : waiting) {
      Traffic.Planned p = e.planned();
      double duration = version.layout(true).span(p.first(), p.last()) / p.rate();
      double start = Math.max(0, p.start() - now);
      end = Math.max(end, start + duration);
    }
    Status.Progress state = new StatusReport(cluster, now).progress(host, version);
    boolean nothing = running.isEmpty() && waiting.isEmpty();
    return new Explanation(
        host.id(),
        version.id().name(),
        version.id().version(),
        state,
        summary(host, version, state, running, shown),
        host.held(version.id()).count(),
        lacking.count(),
        running,
        shown,
        waiting.size(),
        state == Status.Progress.COMPLETE ? Double.valueOf(0) : nothing ? null : (Double) end);
  }

  private String summary(
      HostRecord host,
      FileVersion version,
      Status.Progress state,
      List<Explanation.Running> running,
      List<Explanation.Waiting> waiting) {
    if (state == Status.Progress.COMPLETE) {
      return "it has the whole file, verified, at its place";
    }
    FileSets.Wanted wanted =
        cluster.fileSets.wanted(host.id(), version.id().name(), cluster.publications);
    if (wanted == null || wanted.version() != version) {
      return "it is not in this host's file set";
    }
    if (!host.isUp()) {
      return "the host does not report";
    }
    if (!host.isUsable()) {
      return "other hosts can't reach it at the moment";
    }
    if (host.restsUntil() > 0) {
      return "its disk has failed; nothing is sent to it for a while";
    }
    String refusal = host.refusal(version.id());
    if (refusal != null) {
      return "it takes nothing of it: " + refusal;
    }
    Double begins = wanted.entry().begins();
    if (begins != null && begins > now) {
      return String.format(Locale.ROOT, "it begins in %.1f s", begins - now);
    }
    if (!running.isEmpty()) {
      return "it is receiving from "
          + String.join(", ", running.stream().map(Explanation.Running::from).distinct().toList());
    }
    if (!waiting.isEmpty()) {
      return "it waits for a copy from " + waiting.get(0).from() + ": " + waiting.get(0).waitsFor();
    }
    if (Layouts.all(version.layout(false)).minus(host.held(version.id())).isEmpty()) {
      return version.isWhole()
          ? "it has every block, and the file is being put at its place"
          : "it has every block that has been made so far";
    }
    String problem = planning.problem();
    return problem != null ? problem : "a plan is being made";
  }

  private Explanation.Waiting waiting(HostRecord host, FileVersion version, WaitingCopies.Entry e) {
    Traffic.Planned p = e.planned();
    HostRecord from = cluster.host(p.from());
    BlockSet lacking =
        BlockSet.of(p.first(), p.last())
            .minus(host.held(version.id()))
            .minus(cluster.traffic.incoming(host.id(), version.id()));
    String resource = cluster.traffic.heldBackBy(e);
    String why;
    if (!cluster.maySend(from)) {
      why = p.from() + " is not there or out of service";
    } else if (resource != null) {
      why = busy(resource);
    } else if (!lacking.isEmpty()
        && cluster.leading(from, version, lacking.ranges().get(0), now) == null) {
      why = p.from() + " does not have the blocks yet, nor are they on their way to it";
    } else {
      why = "its order is about to go out";
    }
    return new Explanation.Waiting(
        p.from(), p.first(), p.last(), p.rate(), p.start() - now, why, resource);
  }

  private String busy(@Nullable String resource) {
    String id = String.valueOf(resource);
    return String.format(
        Locale.ROOT,
        "%s has %.0f of its %.0f bytes per second allocated, or an earlier copy waits for it",
        id,
        cluster.traffic.ledger().allocated(id),
        cluster.traffic.ledger().capacity(id));
  }
}
