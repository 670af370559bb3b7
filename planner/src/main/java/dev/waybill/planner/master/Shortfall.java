package dev.waybill.planner.master;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The master's guess at which resources give less than is planned with, from the copies that run at
 * one moment: where all copies through a resource have fallen behind, it may be to blame; where one
 * keeps up, it is not. Some that are only passed what others lack are suspected with them, so that
 * a schedule that leans on the guess promises too little rather than too much.
 */
final class Shortfall {
  /** A copy that comes to less than this share of its rate has fallen behind. */
  private static final double KEEPS_UP = 0.8;

  /** Nothing is taken to give less: copies that have only begun say little. */
  private static final double LEAST = 0.1;

  private Shortfall() {}

  /** By resource, what it gives as a share of what is allocated on it. */
  static Map<String, Double> of(Cluster cluster, Pace pace) {
    Map<String, Double> allocated = new HashMap<>();
    Map<String, Double> given = new HashMap<>();
    Set<String> sound = new HashSet<>();
    for (Traffic.Running r : cluster.traffic.running()) {
      Set<String> way = cluster.network.way(r.order().from(), r.to());
      double rate = pace.rateSoFar(r);
      for (String resource : way == null ? Set.<String>of() : way) {
        allocated.merge(resource, r.share(), Double::sum);
        given.merge(resource, rate, Double::sum);
        if (rate >= KEEPS_UP * r.share() || !pace.showsTheNetwork(r)) {
          sound.add(resource);
        }
      }
    }
    Map<String, Double> shares = new HashMap<>();
    given.forEach(
        (resource, rate) -> {
          if (!sound.contains(resource)) {
            shares.put(resource, Math.max(LEAST, rate / allocated.getOrDefault(resource, rate)));
          }
        });
    return shares;
  }
}
