package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What the master leaves unused of a resource that several copies share. Streams that together ask
 * for all of a link do not get equal parts of it: one that has lost its place, by an error or while
 * its congestion control measured the way, finds the others where it was, and may stay far behind
 * for minutes. A stream that has a link to itself needs no such room.
 */
final class Headroom {
  /** The share of a resource that copies side by side are ordered to use. */
  private static final double SHARED = 0.975;

  /** Copies that touch by so many seconds follow each other. */
  private static final double TOUCH = 1e-6;

  private final Problem problem;
  private final List<Copy> copies;
  private final double[] factor;

  /** A copy on a resource; {@code index} in the schedule, -1 for one that runs. */
  private record Use(int index, double start, double end, double rate) {}

  private Headroom(Problem problem, List<Copy> copies) {
    this.problem = problem;
    this.copies = copies;
    this.factor = new double[copies.size()];
    Arrays.fill(factor, 1);
  }

  /** The copies of a schedule, with the rates at which they are to be ordered. */
  static List<Copy> leftBy(Problem problem, List<Copy> copies) {
    Headroom h = new Headroom(problem, copies);
    h.uses().forEach(h::leaveRoom);
    List<Copy> lowered = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      Copy c = copies.get(i);
      double rate = c.rate() * h.factor[i];
      lowered.add(new Copy(c.file(), c.from(), c.to(), c.first(), c.last(), c.start(), rate));
    }
    return lowered;
  }

  private Map<String, List<Use>> uses() {
    Map<String, List<Use>> uses = new HashMap<>();
    problem.inProgress().forEach(c -> add(uses, c, -1));
    for (int i = 0; i < copies.size(); i++) {
      add(uses, copies.get(i), i);
    }
    return uses;
  }

  private void add(Map<String, List<Use>> uses, Copy c, int index) {
    Set<String> way = problem.network().way(c.from(), c.to());
    if (way == null) {
      return; // It runs over what is no longer there.
    }
    BlockLayout layout = Objects.requireNonNull(problem.files().get(c.file())).layout();
    Use use = new Use(index, c.start(), c.end(layout) - TOUCH, c.rate());
    for (String resource : way) {
      uses.computeIfAbsent(resource, r -> new ArrayList<>()).add(use);
    }
  }

  /** Goes through the time of a resource; those that are not alone on it make room together. */
  private void leaveRoom(String id, List<Use> uses) {
    Resource resource = Objects.requireNonNull(problem.network().resources().get(id));
    uses.sort(Comparator.comparingDouble(Use::start));
    PriorityQueue<Use> active = new PriorityQueue<>(Comparator.comparingDouble(Use::end));
    List<Use> shared = new ArrayList<>();
    double load = 0;
    double most = 0;
    for (Use use : uses) {
      while (!active.isEmpty() && active.element().end <= use.start) {
        load -= active.remove().rate;
      }
      if (!active.isEmpty()) {
        shared.add(active.element()); // Where it is the only one, it has been alone until now.
        shared.add(use);
      }
      active.add(use);
      load += use.rate;
      most = active.size() > 1 ? Math.max(most, load) : most;
    }
    double room = SHARED * resource.capacity().bytesPerSecond() / most;
    for (Use use : shared) {
      if (use.index >= 0) {
        factor[use.index] = Math.min(factor[use.index], room);
      }
    }
  }
}
