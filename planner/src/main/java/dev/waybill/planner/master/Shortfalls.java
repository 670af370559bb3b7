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
import java.util.Objects;
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
  /** What has been guessed is planned with for so long, in seconds; twice as long each time. */
  private static final double REMEMBERED_SECONDS = 60;

  private static final double MOST_REMEMBERED_SECONDS = 900;

  /** No resource is taken to give less than this share of what it has. */
  private static final double LEAST = 0.05;

  /**
   * A resource of which more than this share is asked gives what has come; of others what has come
   * is only a share of what was asked.
   */
  private static final double MOST = 0.5;

  /** Flows share a bottleneck about evenly: one is faster that has so many times the other's. */
  private static final double FASTER = 1.25;

  /** A guess that differs by less from the one before, as a share of it, is no news. */
  private static final double NEWS_SHARE = 0.1;

  /** The last one of each resource; it is remembered for as long again as it is believed. */
  private final Map<String, Guess> guesses = new HashMap<>();

  private double expiredAt = Double.NEGATIVE_INFINITY;

  /**
   * @param rate that the resource gives, in bytes per second
   * @param stated what it should give when that was guessed
   * @param seconds for which that is believed
   * @param until when, in seconds
   */
  private record Guess(double rate, double stated, double seconds, double until) {
    boolean isBelieved(double now) {
      return now < until;
    }
  }

  /** A resource with what it is believed to give. */
  Resource of(Resource stated, double now) {
    Guess g = guesses.get(stated.id());
    double capacity = stated.capacity().bytesPerSecond();
    if (g == null || !g.isBelieved(now) || g.rate >= capacity || isAnother(capacity, g.stated)) {
      return stated;
    }
    return new Resource(stated.id(), new DataRate(g.rate), stated.costPerByte());
  }

  private static boolean isAnother(double capacity, double stated) {
    return Math.abs(capacity - stated) > NEWS_SHARE * stated;
  }

  /** Returns whether anything is no longer believed that was when this was last asked. */
  boolean expire(double now) {
    double before = expiredAt;
    expiredAt = now;
    boolean any =
        guesses.values().stream().anyMatch(g -> g.isBelieved(before) && !g.isBelieved(now));
    guesses.values().removeIf(g -> g.until + g.seconds <= now);
    return any;
  }

  /** The network file says something else. */
  void forget() {
    guesses.clear();
  }

  /** Looks at the copies that run; returns whether it has come to something new. */
  boolean look(Cluster cluster, Pace pace, double now) {
    Map<String, Double> stated = new HashMap<>();
    cluster.fleet.resourcesAt(now).forEach(r -> stated.put(r.id(), r.capacity().bytesPerSecond()));
    Map<String, Flows> flows = new LinkedHashMap<>();
    List<Flow> unexplained = new ArrayList<>();
    for (Traffic.Running r : cluster.traffic.running()) {
      Flow flow = new Flow(r, cluster.way(r.order().from(), r.to()), pace);
      flow.way.forEach(id -> flows.computeIfAbsent(id, s -> new Flows()).add(flow));
      if (pace.hasFallenBehind(r) && pace.showsTheNetwork(r)) {
        unexplained.add(flow);
      }
    }
    boolean isNews = false;
    String worst = worst(unexplained, flows, cluster.network);
    while (worst != null) {
      Flows on = Objects.requireNonNull(flows.get(worst), worst);
      isNews |= guess(worst, on, stated.getOrDefault(worst, 0.0), cluster, now);
      String explained = worst;
      unexplained.removeIf(f -> f.way.contains(explained));
      worst = worst(unexplained, flows, cluster.network);
    }
    return isNews;
  }

  /** A running copy, with the resources that it uses and bytes per second. */
  private static final class Flow {
    private final Set<String> way;
    private final String from;
    private final double share;
    private final double rate;
    private final double leastRate;
    private final boolean isKnown;
    private final boolean couldHaveMore;

    Flow(Traffic.Running copy, Set<String> way, Pace pace) {
      this.way = way;
      this.from = copy.order().from();
      this.share = copy.share();
      this.rate = pace.rateOfLate(copy);
      this.leastRate = pace.leastOfLate(copy);
      this.isKnown = pace.isKnown(copy);
      this.couldHaveMore = pace.hasMore(copy);
    }
  }

  /** The flows on one resource. */
  private static final class Flows {
    private final List<Flow> all = new ArrayList<>();
    private double fastest;

    void add(Flow flow) {
      all.add(flow);
      fastest = Math.max(fastest, flow.leastRate);
    }

    /** Whether the resource may be what one of its flows has no more of. */
    boolean mayHoldUp(Flow flow) {
      return fastest <= FASTER * flow.rate;
    }

    /** What those ask that could have it, in bytes per second. */
    double asked() {
      return all.stream().filter(f -> f.couldHaveMore).mapToDouble(f -> f.share).sum();
    }

    /** What comes of that; of the youngest it is not known, and they have no more than others. */
    double come() {
      return all.stream().filter(f -> f.couldHaveMore).mapToDouble(this::rate).sum();
    }

    /** What comes altogether, also to those that wait for their blocks. */
    double comeInAll() {
      return all.stream().mapToDouble(this::rate).sum();
    }

    private double rate(Flow f) {
      return f.isKnown ? f.rate : Math.min(f.rate, fastest);
    }
  }

  /** The resource that explains most; null where none explains any. */
  private static @Nullable String worst(
      List<Flow> unexplained, Map<String, Flows> flows, Network network) {
    Map<String, List<Flow>> suspects = new LinkedHashMap<>();
    for (Flow f : unexplained) {
      for (String resource : f.way) {
        if (Objects.requireNonNull(flows.get(resource), resource).mayHoldUp(f)) {
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

  private boolean guess(String resource, Flows on, double capacity, Cluster cluster, double now) {
    double asked = on.asked();
    boolean isOfMost = asked > MOST * capacity;
    double share = isOfMost ? on.comeInAll() / capacity : on.come() / asked;
    Guess last = guesses.get(resource);
    Guess before = last == null || !last.isBelieved(now) ? null : last;
    double most = before == null || isOfMost ? capacity : before.rate;
    double rate = Math.min(most, Math.max(LEAST, share) * capacity);
    if (!(rate < capacity)) {
      return false;
    }
    double seconds = last == null ? REMEMBERED_SECONDS : last.seconds;
    if (before == null && last != null) {
      seconds = Math.min(MOST_REMEMBERED_SECONDS, 2 * seconds);
    }
    guesses.put(resource, new Guess(rate, capacity, seconds, now + seconds));
    boolean isNews = before == null || Math.abs(rate - before.rate) > NEWS_SHARE * before.rate;
    if (isNews) {
      cluster.note(
          "%s seems to give %.0f bytes/s of its %.0f, and is planned with as such for %.0f s"
              .formatted(resource, rate, capacity, seconds));
    }
    return isNews;
  }

  private static boolean isSenders(String resource, List<Flow> by, Network n) {
    return by.stream()
        .map(f -> n.hosts().get(f.from))
        .anyMatch(h -> h != null && h.egress().contains(resource));
  }
}
