package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The copies of the schedule in force that wait, in one queue for each resource on their way: only
 * one that is first in all of its queues can be ordered, or set aside, so that others come after it
 * no more. Those that something has happened to are to be looked at, so that an event costs what it
 * changes and not what the schedule has.
 */
final class WaitingCopies {
  private static final Comparator<Entry> ORDER =
      Comparator.comparingDouble((Entry e) -> e.planned.start())
          .thenComparingInt((Entry e) -> e.number);

  private final Map<String, PriorityQueue<Entry>> queues = new HashMap<>();

  /** Those that are first in all of their queues, by sender and by receiver. */
  private final Map<String, Set<Entry>> fronts = new HashMap<>();

  private final TreeSet<Entry> toLookAt = new TreeSet<>(ORDER);
  private final TreeSet<Entry> inOrder = new TreeSet<>(ORDER);

  /** A copy that waits. */
  static final class Entry {
    private final int number;
    private final Set<String> way;
    private Traffic.Planned planned;
    private int notFirstIn;
    private boolean aside;
    private double kept;

    Entry(int number, Set<String> way, Traffic.Planned planned) {
      this.number = number;
      this.way = way;
      this.planned = planned;
    }

    Set<String> way() {
      return way;
    }

    /** Whether it is in no queue, since what it needs is kept free. */
    boolean isAside() {
      return aside;
    }

    /** What is kept free for it on each of its resources, in bytes per second. */
    double kept() {
      return kept;
    }

    void keep(double rate) {
      kept = rate;
    }

    /** What of it still waits. */
    Traffic.Planned planned() {
      return planned;
    }
  }

  /** None waits. */
  WaitingCopies() {}

  /** These wait; those that have no way in the network, or whose hosts it lacks, are left out. */
  WaitingCopies(List<Traffic.Planned> copies, Network network) {
    List<Traffic.Planned> sorted = new ArrayList<>(copies);
    sorted.sort(
        Comparator.comparingDouble(Traffic.Planned::start)
            .thenComparingDouble(Traffic.Planned::rate));
    for (Traffic.Planned p : sorted) {
      boolean known = network.hosts().keySet().containsAll(List.of(p.from(), p.to()));
      Set<String> way = known ? network.way(p.from(), p.to()) : null;
      if (way != null) {
        add(new Entry(inOrder.size(), way, p));
      }
    }
  }

  private void add(Entry e) {
    inOrder.add(e);
    queue(e);
  }

  private void queue(Entry e) {
    e.notFirstIn = 0;
    for (String resource : e.way) {
      PriorityQueue<Entry> queue =
          queues.computeIfAbsent(resource, r -> new PriorityQueue<>(ORDER));
      Entry first = queue.peek();
      if (first != null && ORDER.compare(first, e) < 0) {
        e.notFirstIn++;
      } else if (first != null) {
        behind(first);
      }
      queue.add(e);
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

  /** One is first in one queue less. */
  private void behind(Entry e) {
    e.notFirstIn++;
    if (e.notFirstIn == 1) {
      noFront(e);
    }
  }

  private void noFront(Entry e) {
    fronts.getOrDefault(e.planned.from(), Set.of()).remove(e);
    fronts.getOrDefault(e.planned.to(), Set.of()).remove(e);
    toLookAt.remove(e);
  }

  /** What waits, in the order of the schedule. */
  List<Traffic.Planned> all() {
    return inOrder.stream().map(e -> e.planned).toList();
  }

  int size() {
    return inOrder.size();
  }

  /** When the first one is to start, in seconds; infinity where none waits. */
  double first() {
    return inOrder.isEmpty() ? Double.POSITIVE_INFINITY : inOrder.first().planned.start();
  }

  /** The next one to look at, in the order of the schedule; null where there is none. */
  @Nullable Entry next() {
    return toLookAt.pollFirst();
  }

  /**
   * The first blocks of one that is first in all of its queues have been ordered. What is left
   * takes the place of when the schedule wants it: before that, copies that are to bring its blocks
   * to its sender may want the same resources.
   */
  void shorten(Entry e, Traffic.Planned left) {
    remove(e);
    e.planned = left;
    add(e);
  }

  /**
   * One that is first in all of its queues waits outside them. Whatever happens to its sender or
   * its receiver, it is to be looked at.
   */
  void setAside(Entry e) {
    if (!e.aside) {
      leaveQueues(e);
      e.aside = true;
    }
  }

  /** One that has been set aside waits in its queues again. */
  void takeBack(Entry e) {
    if (e.aside) {
      noFront(e);
      e.aside = false;
      queue(e);
    }
  }

  /** How many of a sender are set aside. */
  long asideFrom(String host) {
    return fronts.getOrDefault(host, Set.of()).stream()
        .filter(e -> e.aside && e.planned.from().equals(host))
        .count();
  }

  /** One that is first in all of its queues, or set aside, waits no more. */
  void remove(Entry e) {
    inOrder.remove(e);
    noFront(e);
    if (e.aside) {
      e.aside = false;
    } else {
      leaveQueues(e);
    }
  }

  private void leaveQueues(Entry e) {
    for (String resource : e.way) {
      PriorityQueue<Entry> queue = queues.getOrDefault(resource, new PriorityQueue<>());
      queue.poll();
      Entry first = queue.peek();
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
    for (Entry e : inOrder) {
      if (e.planned.to().equals(host) && e.planned.file().equals(file)) {
        found.add(e);
      }
    }
    return found;
  }

  /** A resource where an earlier one waits; null where it is first everywhere. */
  @Nullable String behindOn(Entry e) {
    for (String resource : e.way) {
      PriorityQueue<Entry> queue = queues.get(resource);
      if (queue != null && queue.peek() != e) {
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
    PriorityQueue<Entry> queue = queues.get(resource);
    Entry first = queue == null ? null : queue.peek();
    if (first != null && first.notFirstIn == 0) {
      toLookAt.add(first);
    }
  }

  /** Anything may have happened. */
  void touchAll() {
    fronts.values().forEach(toLookAt::addAll);
  }
}
