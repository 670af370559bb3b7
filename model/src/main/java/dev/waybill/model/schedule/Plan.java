package dev.waybill.model.schedule;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.network.Resource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The copies that the checker looks at, those in progress before those that are planned, with
 * hosts, files and ways by index, and what they come to.
 */
final class Plan {
  private final Problem problem;
  private final Ways ways;
  private final HeldTimes held;
  private final List<Copy> copies;
  private final int inProgressCount;
  private final int[] from;
  private final int[] to;
  private final int[] file;

  /** By copy; empty where its hosts are not connected. */
  private final int[][] way;

  private final BitSet unconnected = new BitSet();

  /**
   * @throws IllegalArgumentException where a copy names a host, file or block that the problem does
   *     not have, or is planned to begin before time 0
   */
  Plan(Problem problem, List<Copy> planned) {
    this.problem = problem;
    ways = new Ways(problem.network());
    held = new HeldTimes(problem, ways);
    inProgressCount = problem.inProgress().size();
    copies = new ArrayList<>(inProgressCount + planned.size());
    copies.addAll(problem.inProgress());
    copies.addAll(planned);
    from = new int[copies.size()];
    to = new int[copies.size()];
    file = new int[copies.size()];
    way = new int[copies.size()][];
    for (int i = 0; i < copies.size(); i++) {
      resolve(i);
    }
  }

  private void resolve(int i) {
    Copy c = copies.get(i);
    from[i] = ways.hostIndex(c.from());
    to[i] = ways.hostIndex(c.to());
    file[i] = held.fileIndex(c.file());
    int[] between = ways.between(from[i], to[i]);
    way[i] = between == null ? new int[0] : between;
    unconnected.set(i, between == null);
    if (c.last() >= layout(i).blockCount() || (isPlanned(i) && c.start() < 0)) {
      throw new IllegalArgumentException(place(i) + " can't be: " + c);
    }
  }

  int size() {
    return copies.size();
  }

  Copy copy(int i) {
    return copies.get(i);
  }

  /** Whether copy {@code i} is one of the schedule's, not one that is in progress. */
  boolean isPlanned(int i) {
    return i >= inProgressCount;
  }

  int from(int i) {
    return from[i];
  }

  int to(int i) {
    return to[i];
  }

  int file(int i) {
    return file[i];
  }

  BlockLayout layout(int i) {
    return held.layout(file[i]);
  }

  long bytes(int i) {
    return layout(i).span(copy(i).first(), copy(i).last());
  }

  /** The resources that copy {@code i} uses; none where its hosts are not connected. */
  int[] way(int i) {
    return way[i];
  }

  boolean isConnected(int i) {
    return !unconnected.get(i);
  }

  /** What copy {@code i} is called in messages. */
  String place(int i) {
    return isPlanned(i) ? "copies[" + (i - inProgressCount) + "]" : "inProgress[" + i + "]";
  }

  Ways ways() {
    return ways;
  }

  HeldTimes held() {
    return held;
  }

  /** What the copies come to, once all of them have been brought. */
  Figures figures() {
    double makespan = 0;
    double weightedCompletion = 0;
    double lateness = 0;
    for (Demand d : problem.demands()) {
      double completion = held.completion(ways.hostIndex(d.host()), held.fileIndex(d.file()));
      if (completion == HeldTimes.NEVER) {
        continue;
      }
      makespan = Math.max(makespan, completion);
      weightedCompletion += d.weight() * completion;
      Double deadline = d.deadline();
      if (deadline != null) {
        lateness += d.weight() * Math.max(0, completion - deadline);
      }
    }
    double cost = cost();
    double score = problem.objective().score(makespan, weightedCompletion, cost, lateness);
    return new Figures(makespan, weightedCompletion, cost, lateness, score);
  }

  private double cost() {
    List<Resource> resources = ways.resources();
    double cost = 0;
    for (int i = inProgressCount; i < size(); i++) {
      for (int resource : way(i)) {
        cost += bytes(i) * resources.get(resource).costPerByte();
      }
    }
    return cost;
  }
}
