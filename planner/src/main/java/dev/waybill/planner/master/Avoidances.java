package dev.waybill.planner.master;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which hosts are not asked for a while by which others, because copies between these two have
 * failed: longer each time, and forgotten when one succeeds. So a receiver that can't get anything
 * from a sender is served by another one, whoever of the two is to blame, and nobody else suffers.
 */
final class Avoidances {
  private static final double FIRST_SECONDS = 1;
  private static final double LONGEST_SECONDS = 60;

  /** receiver -> sender -> until when */
  private final Map<String, Map<String, Avoidance>> pairs = new HashMap<>();

  private record Avoidance(double until, double seconds, boolean over) {}

  /** A copy has failed. */
  void failed(String receiver, String sender, double now) {
    Map<String, Avoidance> of = pairs.computeIfAbsent(receiver, r -> new HashMap<>());
    Avoidance before = of.get(sender);
    if (before != null && !before.over()) {
      return;
    }
    double seconds =
        before == null ? FIRST_SECONDS : Math.min(LONGEST_SECONDS, 2 * before.seconds());
    of.put(sender, new Avoidance(now + seconds, seconds, false));
  }

  /** A copy has succeeded, or one of the two has started anew. */
  void forget(String receiver, String sender) {
    Map<String, Avoidance> of = pairs.get(receiver);
    if (of != null && of.remove(sender) != null && of.isEmpty()) {
      pairs.remove(receiver);
    }
  }

  boolean avoids(String receiver, String sender) {
    Avoidance a = pairs.getOrDefault(receiver, Map.of()).get(sender);
    return a != null && !a.over();
  }

  /** By receiver, the senders that it is to avoid now. */
  Map<String, Set<String>> now() {
    Map<String, Set<String>> all = new HashMap<>();
    pairs.forEach(
        (receiver, of) ->
            of.forEach(
                (sender, a) -> {
                  if (!a.over()) {
                    all.computeIfAbsent(receiver, r -> new TreeSet<>()).add(sender);
                  }
                }));
    return all;
  }

  /** Lets what is over be tried again; returns whether there is any. */
  boolean expire(double now) {
    boolean any = false;
    for (Map<String, Avoidance> of : pairs.values()) {
      for (Map.Entry<String, Avoidance> e : of.entrySet()) {
        Avoidance a = e.getValue();
        if (!a.over() && a.until() <= now) {
          e.setValue(new Avoidance(a.until(), a.seconds(), true));
          any = true;
        }
      }
      of.values().removeIf(a -> a.over() && now - a.until() > 4 * LONGEST_SECONDS);
    }
    return any;
  }
}
