package dev.waybill.planner.solve.tree;

import dev.waybill.planner.indexed.Arrival;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Load;
import dev.waybill.planner.indexed.Run;
import dev.waybill.planner.solve.Reachability;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the pipelined trees of the planner's solvers grow on: when they begin, what they may use of
 * each resource from then on, where they may begin, and through whom they may go. Immutable; the
 * arrays are not to be written to.
 */
public final class TreeGround {
  public final IndexedProblem problem;

  /** The classes of blocks that trees are for. */
  public final List<BlockClass> classes;

  /** Seconds from which on trees flow. */
  public final double begin;

  /** Bytes per second that trees may use, by resource. */
  public final double[] capacity;

  private TreeGround(
      IndexedProblem problem, List<BlockClass> classes, double begin, double[] capacity) {
    this.problem = problem;
    this.classes = List.copyOf(classes);
    this.begin = begin;
    this.capacity = capacity;
  }

  /** Trees that begin at once: copies in progress keep what they use, for good. */
  public static TreeGround atOnce(IndexedProblem problem) {
    return atOnce(problem, BlockClass.of(problem));
  }

  /** The same, for some classes alone. */
  static TreeGround atOnce(IndexedProblem problem, List<BlockClass> classes) {
    return new TreeGround(problem, classes, 0, Capacity.beside(problem));
  }

  /**
   * Trees that begin when the last copy in progress has ended, so that they have all capacities,
   * and can begin at its receiver too.
   */
  public static TreeGround afterCopiesInProgress(IndexedProblem problem) {
    double begin = problem.loads.stream().mapToDouble(Load::end).max().orElse(0);
    double[] capacity = Arrays.stream(problem.capacity).map(c -> Capacity.HEADROOM * c).toArray();
    return new TreeGround(problem, BlockClass.of(problem), Math.max(0, begin), capacity);
  }

  /** Who holds or makes every block of a class, or was sent it by the time the trees begin. */
  public int[] roots(BlockClass c) {
    return Arrays.stream(c.possessors())
        .filter(h -> c.runs().stream().allMatch(r -> isSource(r, h)))
        .toArray();
  }

  private boolean isSource(Run run, int host) {
    return Arrays.binarySearch(run.holders(), host) >= 0
        || run.arrivals().stream().anyMatch(a -> a.host() == host && hasArrived(a));
  }

  private boolean hasArrived(Arrival a) {
    return a.generation() || a.heldAt(problem.layouts[a.file()], a.last()) <= begin;
  }

  /**
   * Hosts through which trees may go though they demand nothing: relays that have room for all that
   * could pass.
   *
   * @param all also those through which nobody has to go
   */
  public boolean[] relays(boolean all) {
    long total = 0;
    BitSet needed = new BitSet();
    for (BlockClass c : classes) {
      total += c.bytes();
      needed.or(Reachability.relaysNeeded(problem, c));
    }
    long[] own = new long[problem.hosts()];
    for (Run run : problem.runs) {
      for (int h : run.needers()) {
        own[h] += run.bytes();
      }
    }
    boolean[] may = new boolean[problem.hosts()];
    for (int h = 0; h < may.length; h++) {
      may[h] =
          problem.relay[h]
              && (all || needed.get(h))
              && problem.room[h] - problem.incoming[h] - own[h] >= total;
    }
    return may;
  }

  /** Whether a copy along {@code way} has any rate. */
  public boolean isOpen(int[] way) {
    for (int r : way) {
      if (capacity[r] <= 0) {
        return false;
      }
    }
    return true;
  }
}
