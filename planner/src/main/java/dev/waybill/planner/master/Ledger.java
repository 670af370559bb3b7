package dev.waybill.planner.master;

import dev.waybill.model.network.Resource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The master's books on bandwidth: the capacity of every resource, what each running copy has
 * allocated on it, and what is left (claims 4, 25, 28). Never over, but for copies that were under
 * way before these books were begun.
 */
final class Ledger {
  /** Rates of a schedule that fill a resource exactly may sum to a little more by rounding. */
  private static final double ROUNDING = 1e-6;

  private final Map<String, Double> capacity = new LinkedHashMap<>();
  private final Map<String, Double> allocated = new HashMap<>();
  private final Map<Long, Allocation> copies = new HashMap<>();

  /** What is kept free for copies that wait, by resource; together with the others it fits. */
  private final Map<String, Double> kept = new HashMap<>();

  /** The copies that have something, by resource. */
  private final Map<String, Set<Long>> on = new HashMap<>();

  private record Allocation(Set<String> way, double rate) {}

  /**
   * @param resources by id
   */
  Ledger(Map<String, Resource> resources) {
    resources.forEach((id, r) -> capacity.put(id, r.capacity().bytesPerSecond()));
  }

  /** The capacities are these from now on; what is allocated stays so. */
  void capacities(Collection<Resource> resources) {
    capacity.clear();
    resources.forEach(r -> capacity.put(r.id(), r.capacity().bytesPerSecond()));
  }

  /** Whether more is allocated on one of these resources than it has. */
  boolean isExceeded(Set<String> way) {
    return way.stream().anyMatch(r -> allocated(r) > capacity(r) * (1 + ROUNDING));
  }

  /** What all running copies may use together, in bytes per second. */
  double capacity(String resource) {
    return capacity.getOrDefault(resource, 0.0);
  }

  /** What running copies have, in bytes per second. */
  double allocated(String resource) {
    return allocated.getOrDefault(resource, 0.0);
  }

  /**
   * Whether a copy on these resources at {@code rate} bytes per second keeps every one within its
   * capacity, what is kept free for others included.
   */
  boolean fits(Set<String> way, double rate) {
    for (String resource : way) {
      double used = allocated(resource) + kept.getOrDefault(resource, 0.0);
      if (used + rate > capacity(resource) * (1 + ROUNDING)) {
        return false;
      }
    }
    return true;
  }

  /** What is left on all of these resources, in bytes per second; none is kept free for others. */
  double left(Set<String> way) {
    return way.stream()
        .mapToDouble(r -> capacity(r) - allocated(r) - kept.getOrDefault(r, 0.0))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** What these resources have for one copy with nothing else on them, in bytes per second. */
  double most(Set<String> way) {
    return way.stream().mapToDouble(this::capacity).min().orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether these resources have that much with nothing else on them. */
  boolean carries(Set<String> way, double rate) {
    return way.stream().allMatch(r -> rate <= capacity(r) * (1 + ROUNDING));
  }

  /** Keeps that much free on these resources; nothing where it does not fit. */
  boolean keep(Set<String> way, double rate) {
    boolean fits = fits(way, rate);
    if (fits) {
      way.forEach(r -> kept.merge(r, rate, Double::sum));
    }
    return fits;
  }

  /** Keeps that much less free. */
  void giveUp(Set<String> way, double rate) {
    way.forEach(r -> kept.merge(r, -rate, Double::sum));
  }

  /** Nothing is kept free any more. */
  void giveUpAll() {
    kept.clear();
  }

  /**
   * Allocates for a new copy.
   *
   * @throws IllegalStateException where it does not fit, or has an allocation already
   */
  void allocate(long copy, Set<String> way, double rate) {
    if (!fits(way, rate)) {
      throw new IllegalStateException("copy " + copy + " at " + rate + " does not fit on " + way);
    }
    adopt(copy, way, rate);
  }

  /** Books a copy that is under way already, whether it fits or not. */
  void adopt(long copy, Set<String> way, double rate) {
    if (copies.putIfAbsent(copy, new Allocation(Set.copyOf(way), rate)) != null) {
      throw new IllegalStateException("copy " + copy + " is booked twice");
    }
    way.forEach(r -> allocated.merge(r, rate, Double::sum));
    way.forEach(r -> on.computeIfAbsent(r, x -> new HashSet<>()).add(copy));
  }

  /** The copies that have something on a resource. */
  Set<Long> on(String resource) {
    return on.getOrDefault(resource, Set.of());
  }

  /** Gives back what a copy had; returns the resources of which it had something. */
  Set<String> release(long copy) {
    Allocation gone = copies.remove(copy);
    if (gone == null) {
      return Set.of();
    }
    gone.way.forEach(r -> allocated.merge(r, -gone.rate, Double::sum));
    gone.way.forEach(r -> on.getOrDefault(r, new HashSet<>()).remove(copy));
    if (copies.isEmpty()) {
      // Sums of many rates leave a rounding error behind; no copy, no allocation.
      allocated.clear();
    }
    return gone.way;
  }
}
