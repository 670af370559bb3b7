package dev.waybill.planner.master;

import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the master tells people about its state. */
final class StatusReport {
  private final Cluster cluster;
  private final double now;

  StatusReport(Cluster cluster, double now) {
    this.cluster = cluster;
    this.now = now;
  }

  /**
   * @param name of a file; null: all of them
   */
  List<Status.FileStatus> files(@Nullable String name) {
    List<Status.FileStatus> out = new ArrayList<>();
    for (FileVersion version : cluster.publications.all()) {
      if (version.isWithdrawn()) {
        continue;
      }
      if (name == null || version.id().name().equals(name)) {
        out.add(file(version));
      }
    }
    return out;
  }

  private Status.FileStatus file(FileVersion version) {
    int wanting = 0;
    int complete = 0;
    for (HostRecord h : cluster.hosts.values()) {
      if (cluster.isWanted(h.id(), version)) {
        wanting++;
        complete += isComplete(h, version) ? 1 : 0;
      }
    }
    Distributions.Distribution d = cluster.distributions.find(version.id());
    return new Status.FileStatus(
        version.id().name(),
        version.id().version(),
        version.isWhole(),
        version.size(),
        version.knownBlocks(),
        wanting,
        complete,
        d == null ? null : d.atLeast(),
        d == null ? null : d.planned(),
        d == null ? null : d.elapsed(now));
  }

  /** Whether a host has all of a whole version, verified and at its place. */
  static boolean isComplete(HostRecord host, FileVersion version) {
    return version.isWhole() && host.published(version.id());
  }

  List<Status.HostStatus> hosts(@Nullable String name) {
    List<Status.HostStatus> out = new ArrayList<>();
    for (HostRecord h : cluster.hosts.values()) {
      Set<FileVersion> versions = new TreeSet<>((a, b) -> a.id().compareTo(b.id()));
      for (FileSets.Wanted w : cluster.fileSets.of(h.id(), cluster.publications)) {
        versions.add(w.version());
      }
      for (FileState s : h.files().values()) {
        FileVersion version = cluster.publications.find(s.file());
        if (version != null) {
          versions.add(version);
        }
      }
      List<Status.Held> held = new ArrayList<>();
      for (FileVersion v : versions) {
        if (name == null || v.id().name().equals(name)) {
          held.add(held(h, v));
        }
      }
      out.add(new Status.HostStatus(h.id(), h.state(), held));
    }
    return out;
  }

  private Status.Held held(HostRecord host, FileVersion version) {
    FileState state = host.files().get(version.id());
    return new Status.Held(
        version.id().name(),
        version.id().version(),
        state == null ? 0 : state.held().count(),
        version.knownBlocks(),
        state == null ? 0 : state.prefixLength(),
        cluster.fileSets.wants(host.id(), version.id(), cluster.publications),
        host.published(version.id()),
        progress(host, version),
        host.refusal(version.id()));
  }

  Status.Progress progress(HostRecord host, FileVersion version) {
    if (isComplete(host, version)) {
      return Status.Progress.COMPLETE;
    }
    boolean fed =
        version.origins().contains(host.id()) && !version.isWhole() && version.isBeingMade(now);
    return fed || cluster.traffic.brings(host.id(), version.id())
        ? Status.Progress.RECEIVING
        : Status.Progress.MISSING;
  }

  /** The components that are out of service. */
  List<String> failed() {
    return cluster.failures.standings(now).stream()
        .filter(s -> s.outForSeconds() != null)
        .map(FailureAccounts.Standing::component)
        .toList();
  }

  /** The resources that give less than the network file says, measured or guessed. */
  List<Status.Slow> slow() {
    Map<String, Status.Slow> slow = new TreeMap<>();
    for (Resource r : cluster.fleet.resourcesAt(now)) {
      double believed = cluster.shortfalls.of(r, now).capacity().bytesPerSecond();
      double stated = r.capacity().bytesPerSecond();
      if (believed < stated) {
        slow.put(r.id(), new Status.Slow(r.id(), stated, believed));
      }
    }
    for (Measurements.Slow s : cluster.measurements.slow().values()) {
      slow.put(s.resource(), new Status.Slow(s.resource(), s.stated(), s.measured()));
    }
    return List.copyOf(slow.values());
  }

  /** The components that have been blamed of late. */
  List<Status.Suspect> suspects() {
    return cluster.failures.standings(now).stream()
        .map(s -> new Status.Suspect(s.component(), s.score(), s.evidence(), s.outForSeconds()))
        .toList();
  }
}
