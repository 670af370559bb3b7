package dev.waybill.planner.master;

import dev.waybill.model.network.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The master's guesses at which resources give less than the network file says, from the copies
 * that run at one moment; schedules are made with them for a while. A copy that is held up though
 * its sender has its blocks has a resource on its way that is to blame: none on which another copy
 * keeps up, rather one that it shares with others that are held up, and rather its sender's than
 * its receiver's. A wrong guess shows when copies that avoid it fall behind too.
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

  private final Map<String, Guess> guesses = new HashMap<>();

  /**
   * @param share of the resource's capacity that it gives
   * @param until when that is believed, in seconds
   */
  private record Guess(double share, double until) {}

  /** The share of a resource's capacity to plan with. */
  double share(String resource, double now) {
    Guess g = guesses.get(resource);
    return g == null || g.until <= now ? 1 : g.share;
  }

  /** Looks at the copies that run. */
  void look(Cluster cluster, Pace pace, double now) {
    guesses.values().removeIf(g -> g.until <= now);
    Map<String, Double> come = new HashMap<>();
    Set<String> sound = new HashSet<>();
    Map<String, List<Traffic.Running>> suspects = new LinkedHashMap<>();
    for (Traffic.Running r : cluster.traffic.running()) {
      for (String resource : way(r, cluster.network)) {
        come.merge(resource, pace.rateOfLate(r), Double::sum);
        if (pace.isHeldUp(r)) {
          suspects.computeIfAbsent(resource, s -> new ArrayList<>()).add(r);
        } else if (pace.keepsUp(r)) {
          sound.add(resource);
        }
      }
    }
    suspects.keySet().removeAll(sound);
    while (!suspects.isEmpty()) {
      String worst = worst(suspects, cluster.network);
      Set<Traffic.Running> explained = Set.copyOf(suspects.getOrDefault(worst, List.of()));
      guess(worst, come.getOrDefault(worst, 0.0), cluster, now);
      suspects.values().forEach(by -> by.removeAll(explained));
      suspects.values().removeIf(List::isEmpty);
    }
  }

  private void guess(String resource, double come, Cluster cluster, double now) {
    Ledger ledger = cluster.traffic.ledger();
    double capacity = ledger.capacity(resource);
    double asked = ledger.allocated(resource);
    double share = come / (asked < MOST * capacity ? asked : capacity);
    share = Math.max(LEAST, Math.min(1, share));
    guesses.put(resource, new Guess(share, now + REMEMBERED_SECONDS));
    cluster.note(
        "%s seems to give %.0f bytes/s of its %.0f, and is planned with as such for %.0f s"
            .formatted(resource, share * capacity, capacity, REMEMBERED_SECONDS));
  }

  private static String worst(Map<String, List<Traffic.Running>> suspects, Network n) {
    return suspects.entrySet().stream()
        .max(
            Comparator.comparingInt(
                    (Map.Entry<String, List<Traffic.Running>> e) -> e.getValue().size())
                .thenComparing(e -> isSenders(e.getKey(), e.getValue(), n)))
        .orElseThrow()
        .getKey();
  }

  private static boolean isSenders(String resource, List<Traffic.Running> by, Network n) {
    return by.stream()
        .map(r -> n.hosts().get(r.order().from()))
        .anyMatch(h -> h != null && h.egress().contains(resource));
  }

  private static Set<String> way(Traffic.Running r, Network network) {
    Set<String> way = network.way(r.order().from(), r.to());
    return way == null ? Set.of() : way;
  }
}
