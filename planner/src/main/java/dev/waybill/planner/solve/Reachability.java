package dev.waybill.planner.solve;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether every demand of a problem can be met at all, given for ever; where not, what is in the
 * way. Part of the planner's solvers: they run it first.
 *
 * <p>Blocks spread from who possesses them over hosts that demand them and over relays with room
 * for at least one, along ways all of whose resources are up. What isn't reached so is proven to be
 * out of reach. That relays' storage suffices for all that has to pass is not proven.
 */
public final class Reachability {
  private final IndexedProblem problem;
  private final List<BlockClass> classes;

  private Reachability(IndexedProblem problem) {
    this.problem = problem;
    this.classes = BlockClass.of(problem);
  }

  /** What makes the problem infeasible, or null where nothing is found that does. */
  public static Solution.@Nullable Infeasible obstacle(IndexedProblem problem) {
    return new Reachability(problem).obstacle();
  }

  private Solution.@Nullable Infeasible obstacle() {
    Solution.Infeasible given = givenObstacle();
    if (given != null) {
      return given;
    }
    BitSet[] outOfReach = new BitSet[problem.layouts.length];
    Arrays.setAll(outOfReach, f -> new BitSet());
    for (BlockClass c : classes) {
      BitSet reached = new Spread(problem, c, Over.RELAYS).reached();
      for (int h : c.needers()) {
        if (!reached.get(h)) {
          outOfReach[c.file()].set(h);
        }
      }
    }
    BitSet full = overfull();
    int first = 0;
    int unmet = 0;
    for (int d = 0; d < problem.demandHost.length; d++) {
      int h = problem.demandHost[d];
      if (outOfReach[problem.demandFile[d]].get(h) || full.get(h)) {
        first = unmet++ == 0 ? d : first;
      }
    }
    if (unmet == 0) {
      return null;
    }
    int host = problem.demandHost[first];
    int file = problem.demandFile[first];
    String reason = full.get(host) ? storageReason(host) : separation(host, file);
    return new Solution.Infeasible(problem.hostIds[host], problem.fileIds[file], unmet - 1, reason);
  }

  /**
   * Relays without which some needers of {@code blocks} are out of reach: those on one way each.
   */
  public static BitSet relaysNeeded(IndexedProblem problem, BlockClass blocks) {
    BitSet needed = new BitSet();
    BitSet without = new Spread(problem, blocks, Over.DEMANDERS).reached();
    if (Arrays.stream(blocks.needers()).allMatch(without::get)) {
      return needed;
    }
    Spread with = new Spread(problem, blocks, Over.RELAYS);
    for (int h : blocks.needers()) {
      if (!without.get(h)) {
        with.collectWay(h, needed);
      }
    }
    Arrays.stream(blocks.needers()).forEach(needed::clear);
    Arrays.stream(blocks.possessors()).forEach(needed::clear);
    return needed;
  }

  /** Over what blocks may spread. */
  private enum Over {
    /** Hosts that demand them, alone. */
    DEMANDERS,
    /** Also relays: as the rules are. */
    RELAYS,
    /** Also links that are down: were they up. */
    DOWN_LINKS,
    /** Also hosts that are no relays: were they relays. */
    ALL_HOSTS
  }

  /** What copies in progress break by themselves. */
  private Solution.@Nullable Infeasible givenObstacle() {
    if (problem.demandHost.length == 0) {
      return null;
    }
    String host = problem.hostIds[problem.demandHost[0]];
    String file = problem.fileIds[problem.demandFile[0]];
    int more = problem.demandHost.length - 1;
    if (problem.conflict != null) {
      return new Solution.Infeasible(host, file, more, problem.conflict);
    }
    for (int h = 0; h < problem.hosts(); h++) {
      if (problem.incoming[h] > problem.room[h]) {
        return new Solution.Infeasible(host, file, more, storageReason(h));
      }
    }
    return null;
  }

  /** Hosts that have no room for all that they demand. */
  private BitSet overfull() {
    BitSet full = new BitSet();
    for (int h = 0; h < problem.hosts(); h++) {
      if (problem.room[h] < Long.MAX_VALUE && needs(h) > problem.room[h]) {
        full.set(h);
      }
    }
    return full;
  }

  private double needs(int host) {
    return problem.incoming[host] + (double) needed(problem, host);
  }

  /** Bytes that new copies have to bring to {@code host}. */
  static long needed(IndexedProblem problem, int host) {
    long bytes = 0;
    for (Run run : problem.runs) {
      if (Arrays.binarySearch(run.needers(), host) >= 0) {
        bytes += run.bytes();
      }
    }
    return bytes;
  }

  private String storageReason(int host) {
    return String.format(
        "host %s has storage for %d bytes and needs %.0f",
        problem.hostIds[host], problem.room[host], needs(host));
  }

  private String separation(int host, int file) {
    for (BlockClass c : classes) {
      if (c.file() == file
          && Arrays.binarySearch(c.needers(), host) >= 0
          && !new Spread(problem, c, Over.RELAYS).reached().get(host)) {
        return separation(host, c);
      }
    }
    throw new IllegalStateException("host " + host + " is not cut off from file " + file);
  }

  private String separation(int host, BlockClass c) {
    String block = "block " + c.runs().get(0).first() + " of " + problem.fileIds[c.file()];
    if (c.possessors().length == 0) {
      return block + " is held by nobody and is made nowhere";
    }
    Spread anyLink = new Spread(problem, c, Over.DOWN_LINKS);
    if (anyLink.reached().get(host)) {
      return "link " + problem.resourceIds[anyLink.downOnWayTo(host)] + " is down (capacity 0)";
    }
    Spread anyHost = new Spread(problem, c, Over.ALL_HOSTS);
    if (anyHost.reached().get(host)) {
      return "only through host "
          + problem.hostIds[anyHost.forbiddenOnWayTo(host)]
          + ", which is no relay or has no storage left";
    }
    return "no path from "
        + problem.locationIds[problem.location[c.possessors()[0]]]
        + " to "
        + problem.locationIds[problem.location[host]]
        + " for "
        + block;
  }

  /** A breadth-first search over locations from a class's possessors. */
  private static final class Spread {
    private final IndexedProblem problem;
    private final BlockClass blocks;
    private final boolean anyLink;

    private final BitSet allowed = new BitSet();
    private final BitSet reached = new BitSet();
    private final int[] reachedFrom;
    private final boolean[] fed;
    private final boolean[] sending;
    private final Deque<Integer> senders = new ArrayDeque<>();

    Spread(IndexedProblem problem, BlockClass blocks, Over over) {
      this.problem = problem;
      this.blocks = blocks;
      this.anyLink = over == Over.DOWN_LINKS;

      reachedFrom = new int[problem.hosts()];
      fed = new boolean[problem.locations()];
      sending = new boolean[problem.locations()];
      for (int h = 0; h < problem.hosts(); h++) {
        if (over == Over.ALL_HOSTS || (over != Over.DEMANDERS && mayRelay(h))) {
          allowed.set(h);
        }
      }
      Arrays.stream(blocks.needers()).forEach(allowed::set);
      for (int h : blocks.possessors()) {
        reach(h, h);
      }
      while (!senders.isEmpty()) {
        feedFrom(senders.remove());
      }
    }

    private boolean mayRelay(int h) {
      if (!problem.relay[h]) {
        return false;
      }
      int last = blocks.runs().get(blocks.runs().size() - 1).last();
      return problem.room[h] - problem.incoming[h] >= problem.layouts[blocks.file()].length(last);
    }

    private void feedFrom(int sender) {
      int from = problem.location[sender];
      for (int to : problem.pathsFrom[from]) {
        int[] via = problem.via(from, to);
        if (!fed[to] && via != null && up(via)) {
          fed[to] = true;
          for (int h : problem.hostsAt[to]) {
            if (allowed.get(h) && !reached.get(h) && up(problem.ingress[h])) {
              reach(h, sender);
            }
          }
        }
      }
    }

    private void reach(int host, int from) {
      reached.set(host);
      reachedFrom[host] = from;
      int l = problem.location[host];
      if (!sending[l] && up(problem.egress[host])) {
        sending[l] = true;
        senders.add(host);
      }
    }

    private boolean up(int[] resources) {
      return anyLink || problem.minCapacity(resources) > 0;
    }

    BitSet reached() {
      return reached;
    }

    void collectWay(int host, BitSet way) {
      for (int h = host; reachedFrom[h] != h; h = reachedFrom[h]) {
        way.set(reachedFrom[h]);
      }
    }

    int downOnWayTo(int host) {
      for (int h = host; reachedFrom[h] != h; h = reachedFrom[h]) {
        int[] way = problem.way(reachedFrom[h], h);
        for (int r : way == null ? new int[0] : way) {
          if (problem.capacity[r] == 0) {
            return r;
          }
        }
      }
      throw new IllegalStateException("all links to host " + host + " are up");
    }

    int forbiddenOnWayTo(int host) {
      for (int h = reachedFrom[host]; reachedFrom[h] != h; h = reachedFrom[h]) {
        if (!mayRelay(h) && Arrays.binarySearch(blocks.needers(), h) < 0) {
          return h;
        }
      }
      throw new IllegalStateException("every host on the way to " + host + " may relay");
    }
  }
}
