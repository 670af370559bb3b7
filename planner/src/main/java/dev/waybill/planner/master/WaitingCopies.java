package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The copies of the schedule in force that wait, in one queue for each resource on their way: only
 * one that is first in all of its queues can be ordered. Those that something has happened to are
 * to be looked at, so that an event costs what it changes and not what the schedule has.
 */
final class WaitingCopies {
  private final Map<String, Deque<Entry>> queues = new HashMap<>();

  /** Those that are first in all of their queues, by sender and by receiver. */
  private final Map<String, Set<Entry>> fronts = new HashMap<>();

  private final TreeSet<Entry> toLookAt =
      new TreeSet<>(Comparator.comparingInt((Entry e) -> e.number));

  private final Map<Integer, Entry> inOrder = new LinkedHashMap<>();
  private int count;

  /** A copy that waits. */
  static final class Entry {
    private final int number;
    private final Set<String> way;
    private Traffic.Planned planned;
    private int notFirstIn;
    private boolean gone;

    Entry(int number, Set<String> way, Traffic.Planned planned) {
      this.number = number;
      this.way = way;
      this.planned = planned;
    }

    Set<String> way() {
      return way;
    }

    /** What of it still waits. */
    Traffic.Planned planned() {
      return planned;
    }
  }

  /** None waits. */
  WaitingCopies() {}

  /** These wait, the first to start first; those that have no way in the network are left out. */
  WaitingCopies(List<Traffic.Planned> copies, Network network) {
    List<Traffic.Planned> sorted = new ArrayList<>(copies);
    sorted.sort(Comparator.comparingDouble(Traffic.Planned::start));
    for (Traffic.Planned p : sorted) {
      Set<String> way = network.way(p.from(), p.to());
      if (way != null) {
        add(new Entry(count, way, p));
      }
    }
  }

  private void add(Entry e) {
    count++;
    inOrder.put(e.number, e);
    for (String resource : e.way) {
      Deque<Entry> queue = queues.computeIfAbsent(resource, r -> new ArrayDeque<>());
      e.notFirstIn += queue.isEmpty() ? 0 : 1;
      queue.addLast(e);
    }
    if (e.notFirstIn == 0) {
      front(e);
    }
  }

  private void front(Entry e) {
    fronts.computeIfAbsent(e.planned.from(), h -> new LinkedHashSet<>()).add(e);
    fronts.computeIfAbsent(e.planned.to(), h -> new LinkedHashSet<>()).add(e);
    toLookAt.add(e);
  }

  /** What waits, in the order of the schedule. */
  List<Traffic.Planned> all() {
    return inOrder.values().stream().map(e -> e.planned).toList();
  }

  int size() {
    return count;
  }

  /** When the first one is to start, in seconds; infinity where none waits. */
  double first() {
    return inOrder.isEmpty()
        ? Double.POSITIVE_INFINITY
        : inOrder.values().iterator().next().planned.start();
  }

  /** The next one to look at, in the order of the schedule; null where there is none. */
  @Nullable Entry next() {
    Entry e = toLookAt.pollFirst();
    while (e != null && e.gone) {
      e = toLookAt.pollFirst();
    }
    return e;
  }

  /** The first blocks of one have been ordered; this still waits. */
  void shorten(Entry e, Traffic.Planned left) {
    e.planned = left;
  }

  /** One that is first in all of its queues waits no more. */
  void remove(Entry e) {
    e.gone = true;
    count--;
    inOrder.remove(e.number);
    fronts.getOrDefault(e.planned.from(), Set.of()).remove(e);
    fronts.getOrDefault(e.planned.to(), Set.of()).remove(e);
    for (String resource : e.way) {
      Deque<Entry> queue = queues.getOrDefault(resource, new ArrayDeque<>());
      queue.removeFirst();
      Entry first = queue.peekFirst();
      if (first != null) {
        first.notFirstIn--;
        if (first.notFirstIn == 0) {
          front(first);
        }
      }
    }
  }

  /** Those that bring a file to a host, the first to start first. */
  List<Entry> to(String host, FileId file) {
    List<Entry> found = new ArrayList<>();
    for (Entry e : inOrder.values()) {
      if (e.planned.to().equals(host) && e.planned.file().equals(file)) {
        found.add(e);
      }
    }
    return found;
  }

  /** A resource where an earlier one waits; null where it is first everywhere. */
  @Nullable String behindOn(Entry e) {
    for (String resource : e.way) {
      Deque<Entry> queue = queues.get(resource);
      if (queue != null && queue.peekFirst() != e) {
        return resource;
      }
    }
    return null;
  }

  /** Something has happened to a host. */
  void touchHost(String host) {
    toLookAt.addAll(fronts.getOrDefault(host, Set.of()));
  }

  /** Something has become free on a resource. */
  void touchResource(String resource) {
    Deque<Entry> queue = queues.get(resource);
    Entry first = queue == null ? null : queue.peekFirst();
    if (first != null && first.notFirstIn == 0) {
      toLookAt.add(first);
    }
  }

  /** Anything may have happened. */
  void touchAll() {
    fronts.values().forEach(toLookAt::addAll);
  }
}
