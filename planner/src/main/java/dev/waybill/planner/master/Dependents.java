package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Which of the master's running copies end with others: those that pass on what these were to
 * bring, and that their senders come by in no other way.
 */
final class Dependents {
  private final Cluster cluster;
  private final double now;
  private final Set<Long> ending;

  private Dependents(Set<Long> first, Cluster cluster, double now) {
    this.cluster = cluster;
    this.now = now;
    this.ending = new HashSet<>(first);
  }

  /** The ids of {@code first}, and of all that end with them. */
  static Set<Long> with(Set<Long> first, Cluster cluster, double now) {
    return new Dependents(first, cluster, now).all();
  }

  private Set<Long> all() {
    Deque<Long> open = new ArrayDeque<>(ending);
    while (!open.isEmpty()) {
      Traffic.Running ended = cluster.traffic.running(open.remove());
      if (ended == null) {
        continue;
      }
      cluster
          .traffic
          .sentBy(ended.to(), ended.order().file())
          .filter(r -> !ending.contains(r.order().id()) && !comesBy(r))
          .map(r -> r.order().id())
          .forEach(
              id -> {
                ending.add(id);
                open.add(id);
              });
    }
    return ending;
  }

  /** Whether a copy's sender has its blocks, or gets them from what does not end. */
  private boolean comesBy(Traffic.Running copy) {
    FileId file = copy.order().file();
    HostRecord from = cluster.hosts.get(copy.order().from());
    FileVersion version = cluster.publications.find(file);
    if (from == null || version == null) {
      return false;
    }
    BlockSet lacking = copy.blocks().minus(cluster.host(copy.to()).held(file));
    return cluster.has(from, version, lacking, ending, now);
  }
}
