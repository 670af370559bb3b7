package dev.waybill.planner.master;

import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        end(r);
      }
    }
    cluster.hosts.values().forEach(cluster::revise);
    cluster.publications.all().forEach(v -> cluster.startClock(v, now));
    inForce(now);
    cluster.note("the network file has been taken up: " + cluster.hosts.size() + " hosts");
  }

  private void inForce(double now) {
    cluster.traffic.ledger().capacities(cluster.fleet.resourcesAt(now));
    nextChange = cluster.fleet.nextChange(now);
    // The youngest go first: they have the most left to bring.
    List<Traffic.Running> youngest = new ArrayList<>(cluster.traffic.running());
    Collections.reverse(youngest);
    for (Traffic.Running r : youngest) {
      Set<String> way = cluster.network.way(r.order().from(), r.to());
      if (way == null || cluster.traffic.ledger().isExceeded(way)) {
        end(r);
      }
    }
    cluster.traffic.touchAll();
    cluster.replan();
  }

  private void end(Traffic.Running r) {
    cluster.traffic.end(r.order().id());
    cluster.revise(cluster.host(r.to()));
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
