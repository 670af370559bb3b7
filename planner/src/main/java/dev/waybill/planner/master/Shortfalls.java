package dev.waybill.planner.master;

import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The master's guesses at which resources give less than the network file says, from the copies
 * that run at one moment; schedules are made and copies ordered with them for a while. A copy that
 * has fallen behind though its sender has its blocks has a resource on its way that is to blame.
 * Where flows share a bottleneck, none has less than another that passes it (max-min fairness:
 * Bertsekas and Gallager, "Data Networks", 6.5.2): so it is none on which another copy comes
 * faster; rather one that is to blame for others too, and rather its sender's than its receiver's.
 * A wrong guess shows when copies that avoid it fall behind too.
 */
final class Shortfalls {
  /** What has been guessed is planned with for so long, in seconds. */
  private static final double REMEMBERED_SECONDS = 60;

  /** No resource is taken to give less than this share of what it has. */
  private static final double LEAST = 0.05;

  /**
   * A resource of which more than this share is allocated gives what has come; of others what has
   * come is only a share of what was asked.
   */
  private static final double MOST = 0.5;

  /** Flows share a bottleneck about evenly: one is faster that has so many times the other's. */
  private static final double FASTER = 1.25;

  /** A guess that differs by less from the one before, as a share of it, is no news. */
  private static final double NEWS_SHARE = 0.1;

  private final Map<String, Guess> guesses = new HashMap<>();

  /**
   * @param rate that the resource gives, in bytes per second
   * @param until when that is believed, in seconds
   */
  private record Guess(double rate, double until) {}

  /** A resource with what it is believed to give. */
  Resource of(Resource stated, double now) {
    Guess g = guesses.get(stated.id());
    if (g == null || g.until <= now || g.rate >= stated.capacity().bytesPerSecond()) {
      return stated;
    }
    return new Resource(stated.id(), new DataRate(g.rate), stated.costPerByte());
  }

  /** Forgets what is no longer believed; returns whether there was any. */
  boolean expire(double now) {
    return guesses.values().removeIf(g -> g.until <= now);
  }

  /** The network file says something else. */
  void forget() {
    guesses.clear();
  }

  /** Looks at the copies that run. */
  void look(Cluster cluster, Pace pace, double now) {
    Map<String, Double> stated = new HashMap<>();
    cluster.resourcesAt(now).forEach(r -> stated.put(r.id(), r.capacity().bytesPerSecond()));
    Map<String, List<Flow>> flows = new LinkedHashMap<>();
    List<Flow> unexplained = new ArrayList<>();
    for (Traffic.Running r : cluster.traffic.running()) {
      boolean isBehind = pace.hasFallenBehind(r) && pace.showsTheNetwork(r);
      Flow flow = new Flow(way(r, cluster.network), pace.rateOfLate(r), r.order().from());
      flow.way.forEach(id -> flows.computeIfAbsent(id, s -> new ArrayList<>()).add(flow));
      if (isBehind) {
        unexplained.add(flow);
      }
    }
    while (true) {
      String worst = worst(unexplained, flows, cluster.network);
      if (worst == null) {
        return;
      }
      List<Flow> all = flows.getOrDefault(worst, List.of());
      double come = all.stream().mapToDouble(Flow::rate).sum();
      guess(worst, come, stated.getOrDefault(worst, 0.0), cluster, now);
      unexplained.removeAll(all);
    }
  }

  /**
   * A running copy.
   *
   * @param way the resources that it uses
   * @param rate at which it comes, in bytes per second
   */
  private record Flow(Set<String> way, double rate, String from) {
    /** Whether a resource may be what it has no more of. */
    boolean mayBeHeldUpBy(List<Flow> onResource) {
      return onResource.stream().noneMatch(f -> f.rate > FASTER * rate);
    }
  }

  /** The resource that explains most; null where none explains any. */
  private static @Nullable String worst(
      List<Flow> unexplained, Map<String, List<Flow>> flows, Network network) {
    Map<String, List<Flow>> suspects = new LinkedHashMap<>();
    for (Flow f : unexplained) {
      for (String resource : f.way) {
        if (f.mayBeHeldUpBy(flows.getOrDefault(resource, List.of()))) {
          suspects.computeIfAbsent(resource, s -> new ArrayList<>()).add(f);
        }
      }
    }
    return suspects.entrySet().stream()
        .max(
            Comparator.comparingInt((Map.Entry<String, List<Flow>> e) -> e.getValue().size())
                .thenComparing(e -> isSenders(e.getKey(), e.getValue(), network)))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private void guess(String resource, double come, double capacity, Cluster cluster, double now) {
    double asked = cluster.traffic.ledger().allocated(resource);
    double share = come / (asked < MOST * capacity ? asked : capacity);
    if (share >= 1) {
      return;
    }
    double rate = Math.max(LEAST, share) * capacity;
    Guess before = guesses.put(resource, new Guess(rate, now + REMEMBERED_SECONDS));
    if (before == null || Math.abs(rate - before.rate) > NEWS_SHARE * before.rate) {
      cluster.note(
          "%s seems to give %.0f bytes/s of its %.0f, and is planned with as such for %.0f s"
              .formatted(resource, rate, capacity, REMEMBERED_SECONDS));
    }
  }

  private static boolean isSenders(String resource, List<Flow> by, Network n) {
    return by.stream()
        .map(f -> n.hosts().get(f.from))
        .anyMatch(h -> h != null && h.egress().contains(resource));
  }

  private static Set<String> way(Traffic.Running r, Network network) {
    Set<String> way = network.way(r.order().from(), r.to());
    return way == null ? Set.of() : way;
  }
}
