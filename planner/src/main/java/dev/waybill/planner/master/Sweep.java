package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.FileState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What hosts need not keep any more (claims 2 and 9): a version that is in no file set of its host
 * is deleted there after a grace time, unless it is an origin's, somebody still lacks it, or this
 * is the only copy of a block of it. What has been withdrawn is deleted at once, everywhere.
 */
final class Sweep {
  /** A host is looked at no more often than this. */
  private static final double EVERY_SECONDS = 2;

  private final Cluster cluster;
  private final double graceSeconds;

  /** Whether somebody lacks a version, as it was found not long ago. */
  private final Map<FileId, Boolean> lacked = new HashMap<>();

  private double lackedAt = Double.NEGATIVE_INFINITY;

  Sweep(Cluster cluster, double graceSeconds) {
    this.cluster = cluster;
    this.graceSeconds = graceSeconds;
  }

  /** Looks at a host that has just reported. */
  void run(HostRecord host, double now) {
    if (now - host.sweptAt() < EVERY_SECONDS) {
      return;
    }
    host.swept(now);
    if (now - lackedAt >= EVERY_SECONDS) {
      lacked.clear();
      lackedAt = now;
    }
    for (FileState s : List.copyOf(host.files().values())) {
      FileVersion version = cluster.publications.find(s.file());
      if (version != null) {
        sweep(host, version, now);
      }
    }
  }

  private void sweep(HostRecord host, FileVersion version, double now) {
    if (isNeeded(host, version)) {
      if (host.needed(version.id())) {
        cluster.revise(host);
        cluster.replan();
      }
      return;
    }
    double since = host.unneededSince(version.id(), now);
    boolean due = version.isWithdrawn() || now - since >= graceSeconds;
    if (due && host.free(version.id())) {
      cluster.note(version.id() + " is not needed on " + host.id() + " any more");
      cluster.revise(host);
    }
  }

  private boolean isNeeded(HostRecord host, FileVersion version) {
    FileId file = version.id();
    boolean moving =
        cluster.traffic.from(host.id(), file) || cluster.traffic.brings(host.id(), file);
    if (version.isWithdrawn()) {
      return moving;
    }
    return moving
        || version.origins().contains(host.id())
        || cluster.isWanted(host.id(), version)
        || lacked.computeIfAbsent(file, f -> somebodyLacks(version))
        || isOnlyCopy(host, version);
  }

  private boolean somebodyLacks(FileVersion version) {
    return cluster.hosts.values().stream()
        .anyMatch(h -> cluster.isWanted(h.id(), version) && !StatusReport.isComplete(h, version));
  }

  /** Whether those who are to keep the version lack a block of it that this host holds. */
  private boolean isOnlyCopy(HostRecord host, FileVersion version) {
    FileId file = version.id();
    BlockSet missing = host.held(file);
    Set<String> origins = Set.copyOf(version.origins());
    for (HostRecord h : cluster.hosts.values()) {
      if (h != host
          && h.isUp()
          && (origins.contains(h.id()) || cluster.isWanted(h.id(), version))) {
        missing = missing.minus(h.held(file));
      }
    }
    return !missing.isEmpty();
  }
}
