package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.network.Resource;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the master sees resources give, beside what the network file says that they have.
 *
 * <p>Over windows of time, for each resource: the bytes that its copies were allocated, and those
 * that hosts report to have come. Copies that wait for their sender to get a block say nothing. A
 * resource is slow where much of it was allocated, most of that to copies that were slow (small
 * ones may have got what they asked for), and several hosts saw it: different receivers of a slow
 * sender, different senders to a slow receiver, different both of what lies between. Slow copies
 * are laid to the resource that most of them share. What is slow in several windows in a row counts
 * as slow until a while has gone by.
 */
final class Measurements {
  static final double WINDOW_SECONDS = 10;
  private static final int WINDOWS = 3;
  private static final double MOST = 0.5;
  private static final double SLOW = 0.8;
  private static final double FORGET_SECONDS = 900;

  private final Map<Long, Progress> copies = new HashMap<>();
  private final Map<String, Window> windows = new HashMap<>();
  private final Map<String, Integer> slowWindows = new HashMap<>();
  private final Map<String, Double> fastest = new HashMap<>();
  private final Map<String, Slow> slow = new TreeMap<>();
  private double windowAt = Double.NEGATIVE_INFINITY;

  /**
   * A resource that gives less than it should.
   *
   * @param stated bytes per second that it has by the network file
   * @param measured bytes per second that it has given when most was asked of it
   * @param until when this is forgotten, in seconds
   */
  record Slow(String resource, double stated, double measured, double until) {}

  /** How far a copy had come when it was last heard of. */
  private record Progress(int next, double at) {}

  /** What has been seen of a resource in the window that is open. */
  private static final class Window {
    private final Map<Long, double[]> allocatedAndMoved = new HashMap<>();
    private final Map<Long, String> froms = new HashMap<>();
    private final Map<Long, String> tos = new HashMap<>();

    void add(Traffic.Running copy, double allocated, double moved) {
      long id = copy.order().id();
      double[] sums = allocatedAndMoved.computeIfAbsent(id, i -> new double[2]);
      sums[0] += allocated;
      sums[1] += moved;
      froms.put(id, copy.order().from());
      tos.put(id, copy.to());
    }

    double sum(int which) {
      return allocatedAndMoved.values().stream().mapToDouble(s -> s[which]).sum();
    }

    private static boolean isSlow(double[] sums) {
      return sums[1] < SLOW * sums[0];
    }

    boolean isMostlySlow() {
      double slow =
          allocatedAndMoved.values().stream().filter(Window::isSlow).mapToDouble(s -> s[0]).sum();
      return slow > MOST * sum(0);
    }

    /** The slow copies that nothing else explains. */
    Set<Long> unexplained(Set<Long> explained) {
      Set<Long> left = new HashSet<>();
      allocatedAndMoved.forEach(
          (id, sums) -> {
            if (isSlow(sums) && !explained.contains(id)) {
              left.add(id);
            }
          });
      return left;
    }

    /** Whether some copies on it have different senders or receivers, where it is not one's own. */
    boolean isCorroborated(Set<Long> by, boolean sendersOwn, boolean receiversOwn) {
      long senders = by.stream().map(froms::get).distinct().count();
      long receivers = by.stream().map(tos::get).distinct().count();
      return senders > (sendersOwn ? 0 : 1) && receivers > (receiversOwn ? 0 : 1);
    }
  }

  private Window window(String resource) {
    return Objects.requireNonNull(windows.get(resource), resource);
  }

  /**
   * A host has said how far a copy has come.
   *
   * @param senderHasMore whether the sender had the block that is to come next
   */
  void progressed(
      Traffic.Running copy,
      Set<String> way,
      int next,
      BlockLayout layout,
      boolean senderHasMore,
      double now) {
    long id = copy.order().id();
    Progress before = copies.get(id);
    double due = layout.length(next) / copy.order().rate();
    if (before != null && next == before.next && now - before.at < 2 * due) {
      // The block is under way: its time is counted with it, or not at all.
      return;
    }
    copies.put(id, new Progress(next, now));
    if (before == null || !senderHasMore || next < before.next) {
      return;
    }
    double moved = next == before.next ? 0 : layout.span(before.next, next - 1);
    double allocated = copy.order().rate() * (now - before.at);
    for (String resource : way) {
      windows.computeIfAbsent(resource, r -> new Window()).add(copy, allocated, moved);
    }
  }

  /** Whether the window that is open is long enough. */
  boolean isDue(double now) {
    if (windowAt == Double.NEGATIVE_INFINITY) {
      windowAt = now;
    }
    return now - windowAt >= WINDOW_SECONDS;
  }

  /**
   * Ends the window that is open.
   *
   * @param stated bytes per second of each resource
   * @param egress resources that are a host's own for sending
   * @param ingress the same for receiving
   * @param running copies
   * @return the resources that have been found slow by that
   */
  List<Slow> close(
      Map<String, Double> stated,
      Set<String> egress,
      Set<String> ingress,
      Set<Long> running,
      double now) {
    double seconds = now - windowAt;
    List<Slow> found = new ArrayList<>();
    Set<String> stillSlow = new HashSet<>();
    Set<Long> explained = new HashSet<>();
    List<String> candidates = new ArrayList<>();
    windows.forEach(
        (resource, w) -> {
          boolean asked = w.sum(0) >= MOST * stated.getOrDefault(resource, 0.0) * seconds;
          if (asked && w.isMostlySlow()) {
            candidates.add(resource);
          }
        });
    // What explains the most slow copies first; what they have in common otherwise is no news.
    while (!candidates.isEmpty()) {
      candidates.sort(Comparator.comparing(r -> window(r).unexplained(explained).size()));
      String resource = candidates.remove(candidates.size() - 1);
      Window w = window(resource);
      Set<Long> by = w.unexplained(explained);
      if (!w.isCorroborated(by, egress.contains(resource), ingress.contains(resource))) {
        continue;
      }
      explained.addAll(by);
      stillSlow.add(resource);
      double most = fastest.merge(resource, w.sum(1) / seconds, Math::max);
      if (slowWindows.merge(resource, 1, Integer::sum) == WINDOWS) {
        double has = stated.getOrDefault(resource, 0.0);
        Slow s = new Slow(resource, has, most, now + FORGET_SECONDS);
        slow.put(resource, s);
        found.add(s);
      }
    }
    slow.values().removeIf(s -> s.until <= now);
    slowWindows.keySet().retainAll(stillSlow);
    fastest.keySet().retainAll(stillSlow);
    copies.keySet().retainAll(running);
    windows.clear();
    windowAt = now;
    return found;
  }

  /** A resource with what it has been seen to give, where it is slow. */
  Resource of(Resource stated) {
    Slow s = slow.get(stated.id());
    return s == null || s.measured() >= stated.capacity().bytesPerSecond()
        ? stated
        : new Resource(stated.id(), new DataRate(s.measured()), stated.costPerByte());
  }

  /** The resources that are slow, by id. */
  Map<String, Slow> slow() {
    return slow;
  }
}
