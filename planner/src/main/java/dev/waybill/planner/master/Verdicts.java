package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Host;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyOutcome.Reason;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the master concludes from failures and silence (claims 16 and 17): whom nobody can reach at
 * the moment, what goes out of service, and what comes back.
 */
final class Verdicts {
  /** A host reports at least every 2 s; one that has missed that may be gone. */
  private static final double OVERDUE_SECONDS = 2.5;

  private static final double GONE_SECONDS = 5;

  /** So many leases a silence of most hosts at once is taken for the master's own. */
  private static final int PATIENCE_LEASES = 3;

  private static final Set<Reason> UNREACHED =
      EnumSet.of(Reason.UNREACHABLE, Reason.BROKEN, Reason.TIMED_OUT);

  private final Cluster cluster;

  /** Who has failed to reach a host since it last reported. */
  private final Map<String, Set<String>> unreachedBy = new HashMap<>();

  /** Copies to a host that their senders say it has dropped since it last reported. */
  private final Map<String, Set<Long>> brokenOff = new HashMap<>();

  private boolean muted;

  Verdicts(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A copy has failed, and its receiver says whom it suspects. */
  void failed(HostRecord host, Traffic.Running copy, CopyOutcome.Failed f, double now) {
    String from = copy.order().from();
    HostRecord sender = cluster.hosts.get(from);
    if (f.reason() != Reason.OWN_DISK) {
      cluster.avoidances.failed(host.id(), from, now);
    }
    boolean known = sender != null && sender.isUsable();
    for (String component : f.blamed()) {
      if (component.equals("host:" + from)) {
        if (known) {
          accuse(component, host.id(), f.reason() + ", " + f.detail(), now);
        }
      } else if (component.equals("path:" + from + ">" + host.id())) {
        if (known) {
          for (String resource : pathBetween(from, host.id())) {
            accuse("resource:" + resource, host.id(), f.reason() + " from " + from, now);
          }
        }
      } else if (component.equals("disk:" + host.id())
          || component.equals("interface:" + host.id())) {
        accuse(component, host.id(), f.reason() + ", " + f.detail(), now);
      }
    }
    if (sender != null
        && known
        && UNREACHED.contains(f.reason())
        && f.blamed().contains("host:" + from)) {
      Set<String> by = unreachedBy.computeIfAbsent(from, h -> new HashSet<>());
      by.add(host.id());
      if (by.size() > 1) {
        doubt(sender, now);
      }
    }
  }

  /**
   * A sender says that its receiver has broken off a copy or takes nothing of it. One that is there
   * says so itself, and whom it blames; one that is gone never will, and what the copy has
   * allocated is free.
   */
  void brokenOff(Traffic.Running copy, double now) {
    brokenOff.computeIfAbsent(copy.to(), h -> new HashSet<>()).add(copy.order().id());
    freeIfGone(cluster.host(copy.to()), now);
  }

  /**
   * Takes copies back from a host that others can't reach: those that nobody sends it any more;
   * once it has missed a report, those that it has not heard of; and once it has missed two, those
   * that it is to send itself.
   */
  private void freeIfGone(HostRecord host, double now) {
    if (host.isUsable()) {
      return;
    }
    Set<Long> ended = brokenOff.getOrDefault(host.id(), Set.of());
    boolean overdue = now - host.lastSeen() > OVERDUE_SECONDS;
    for (Traffic.Running r : cluster.traffic.to(host.id())) {
      boolean unheard = overdue && r.revision() > host.seenRevision();
      if (unheard || ended.contains(r.order().id())) {
        cluster.takeBack(r, now);
      }
    }
    if (now - host.lastSeen() > GONE_SECONDS) {
      cluster.traffic.from(host.id()).forEach(r -> cluster.takeBack(r, now));
    }
  }

  /** A sender has said for long that it waits for a block, and the master that it has it. */
  void waitsForNothing(Traffic.Running copy, int block, double now) {
    String from = copy.order().from();
    String evidence =
        "it says that it waits for block %d of %s, and that it has it"
            .formatted(block, copy.order().file());
    cluster.note("%s gets nothing from %s: %s".formatted(copy.to(), from, evidence));
    cluster.takeBack(copy, now);
    cluster.avoidances.failed(copy.to(), from, now);
    accuse("host:" + from, copy.to(), evidence, now);
    cluster.failed(now);
  }

  private List<String> pathBetween(String from, String to) {
    Host s = cluster.network.hosts().get(from);
    Host d = cluster.network.hosts().get(to);
    List<String> via =
        s == null || d == null ? null : cluster.network.via(s.location(), d.location());
    return via == null ? List.of() : via;
  }

  private void accuse(String component, String accuser, String evidence, double now) {
    if (muted || !cluster.failures.accuse(component, accuser, evidence, now)) {
      return;
    }
    cluster.note(component + " is out of service: " + evidence + " (says " + accuser + ")");
    cluster.replan();
  }

  /** A copy has brought all that it was to bring. */
  void succeeded(Traffic.Running copy, double now) {
    cluster.avoidances.forget(copy.to(), copy.order().from());
    served(copy, now);
  }

  /** Blocks of a file have come to a host by running copies. */
  void progress(HostRecord host, FileId file, double now) {
    for (Traffic.Running r : cluster.traffic.to(host.id())) {
      if (r.order().file().equals(file)) {
        served(r, now);
      }
    }
  }

  private void served(Traffic.Running copy, double now) {
    cluster.failures.served("host:" + copy.order().from(), now);
    cluster.failures.served("disk:" + copy.to(), now);
    cluster.failures.served("interface:" + copy.to(), now);
    for (String resource : pathBetween(copy.order().from(), copy.to())) {
      cluster.failures.served("resource:" + resource, now);
    }
  }

  private void doubt(HostRecord host, double now) {
    if (host.isUsable()) {
      host.doubt();
      cluster.replan();
    }
    freeIfGone(host, now);
  }

  /** Lets leases, suspicions and probations run out. */
  void expire(double now) {
    silence(now);
    cluster.expirePublishers(now);
    for (HostRecord h : cluster.hosts.values()) {
      boolean lost = unreachedBy.containsKey(h.id()) || brokenOff.containsKey(h.id());
      if (lost && now - h.lastSeen() > OVERDUE_SECONDS) {
        doubt(h, now);
      }
      if (h.restsUntil() > 0
          && h.restsUntil() <= now
          && !cluster.failures.isOut("disk:" + h.id())) {
        h.rest(0);
        cluster.replan();
      }
    }
    for (String host : cluster.suspicions.expire(now)) {
      HostRecord h = cluster.hosts.get(host);
      if (h != null) {
        cluster.revise(h);
      }
      cluster.mend();
    }
    if (cluster.avoidances.expire(now)) {
      cluster.mend();
    }
    for (String component : cluster.failures.expire(now)) {
      cluster.note(component + " is probed: it is in service again");
      cluster.replan();
    }
  }

  /** A host has reported: whoever could not reach it, or lost it, may be able to now. */
  void heard(HostRecord host) {
    unreachedBy.remove(host.id());
    brokenOff.remove(host.id());
  }

  private void silence(double now) {
    double lease = cluster.lease;
    List<HostRecord> up = cluster.hosts.values().stream().filter(HostRecord::isUp).toList();
    List<HostRecord> late = up.stream().filter(h -> now - h.lastSeen() > lease).toList();
    // They do not cross the lease at one moment: who has missed several reports counts.
    long quiet = up.stream().filter(h -> now - h.lastSeen() > lease / 2).count();
    boolean most = quiet > 1 && 2 * quiet > up.size();
    if (most != muted) {
      muted = most;
      if (most) {
        cluster.note(quiet + " of " + up.size() + " hosts are silent together: nobody is blamed");
      }
    }
    for (HostRecord h : late) {
      if (most && now - h.lastSeen() <= PATIENCE_LEASES * lease) {
        continue;
      }
      h.silent();
      cluster.note(h.id() + " has been silent for " + lease + " s");
      accuse("host:" + h.id(), FailureAccounts.MASTER, "silent for " + lease + " s", now);
      cluster.traffic.to(h.id()).forEach(r -> cluster.traffic.end(r.order().id()));
      cluster.revise(h);
      cluster.replan();
    }
  }
}
