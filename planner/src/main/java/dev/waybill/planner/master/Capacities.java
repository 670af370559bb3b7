package dev.waybill.planner.master;

import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the network gives at each moment: windows that open and close, and a network file that is
 * edited while the master runs. Copies that run go on as long as they fit.
 */
final class Capacities {
  private final Cluster cluster;
  private double nextChange;

  Capacities(Cluster cluster, double now) {
    this.cluster = cluster;
    this.nextChange = cluster.fleet.nextChange(now);
  }

  /** Lets windows open and close. */
  void run(double now) {
    if (now >= nextChange) {
      inForce(now);
      cluster.note("capacities have changed with the time of day");
    }
  }

  /** The network file has been edited. */
  void fleet(Fleet fleet, double now) {
    Set<String> before = Set.copyOf(cluster.hosts.keySet());
    cluster.fleet = fleet;
    cluster.network = fleet.network();
    cluster.traffic.network(fleet.network());
    cluster.fileSets.groups(fleet.groups());
    for (Host h : fleet.network().hosts().values()) {
      cluster.addHost(h);
    }
    for (String id : before) {
      if (!fleet.network().hosts().containsKey(id)) {
        cluster.traffic.to(id).forEach(r -> cluster.traffic.end(r.order().id()));
        cluster.hosts.remove(id);
      }
    }
    for (Traffic.Running r : List.copyOf(cluster.traffic.running())) {
      if (!fleet.network().hosts().containsKey(r.order().from())
          || fleet.network().way(r.order().from(), r.to()) == null) {
        cluster.takeBack(r, now);
      }
    }
    cluster.traffic.replanWaiting();
    cluster.shortfalls.forget();
    cluster.hosts.values().forEach(cluster::revise);
    cluster.publications.all().forEach(v -> cluster.startClock(v, now));
    inForce(now);
    cluster.note("the network file has been taken up: " + cluster.hosts.size() + " hosts");
  }

  /** Looks at what resources have given of late; what is slow is said, and may be planned with. */
  void measure(double now) {
    if (!cluster.measurements.isDue(now)) {
      return;
    }
    Set<String> slowBefore = Set.copyOf(cluster.measurements.slow().keySet());
    for (Measurements.Slow s : slow(now)) {
      cluster.note(
          "%s gives %.0f bytes/s of the %.0f that the network file says"
              .formatted(s.resource(), s.measured(), s.stated()));
    }
    if (cluster.usesMeasured() && !slowBefore.equals(cluster.measurements.slow().keySet())) {
      inForce(now);
    }
  }

  private List<Measurements.Slow> slow(double now) {
    Map<String, Double> stated = new HashMap<>();
    cluster.fleet.resourcesAt(now).forEach(r -> stated.put(r.id(), r.capacity().bytesPerSecond()));
    Set<String> egress = new HashSet<>();
    Set<String> ingress = new HashSet<>();
    for (Host h : cluster.network.hosts().values()) {
      egress.addAll(h.egress());
      ingress.addAll(h.ingress());
    }
    Set<Long> running = new HashSet<>();
    cluster.traffic.running().forEach(r -> running.add(r.order().id()));
    return cluster.measurements.close(stated, egress, ingress, running, now);
  }

  private void inForce(double now) {
    cluster.traffic.ledger().capacities(cluster.resourcesAt(now));
    nextChange = cluster.fleet.nextChange(now);
    cluster.traffic.forgetRetired();
    // The youngest go first: they have the most left to bring.
    List<Traffic.Running> youngest = new ArrayList<>(cluster.traffic.running());
    Collections.reverse(youngest);
    for (Traffic.Running r : youngest) {
      Set<String> way = cluster.network.way(r.order().from(), r.to());
      if (way == null || cluster.traffic.ledger().isExceeded(way)) {
        cluster.takeBack(r, now);
      }
    }
    cluster.believe(now);
    cluster.replan();
  }

  /**
   * Until when a copy at a rate keeps within its resources' capacities, in seconds; infinity where
   * no window that closes is in its way.
   */
  double keepsUntil(Set<String> way, double rate, double now) {
    if (nextChange == Double.POSITIVE_INFINITY) {
      return nextChange;
    }
    for (String id : way) {
      var resource = cluster.network.resources().get(id);
      double others = cluster.traffic.ledger().allocated(id);
      if (resource != null && cluster.fleet.capacity(resource, nextChange) < others + rate) {
        return nextChange;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
