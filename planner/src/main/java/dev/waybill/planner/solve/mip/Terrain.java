package dev.waybill.planner.solve.mip;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where trees of one class of blocks may run, for the MIP solver.
 *
 * @param roots hosts that hold or make all of it
 * @param arcs ways that are open, into hosts that may receive, from those that may send
 * @param complete whether every tree that any schedule sends a block over runs here
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Terrain(BlockClass blocks, int[] roots, List<Arc> arcs, boolean complete) {
  /**
   * A way from host to host.
   *
   * @param way its resources
   * @param costPerByte of all of them
   */
  record Arc(int from, int to, int[] way, double costPerByte) {}

  /**
   * The terrain of a class.
   *
   * @param capacity what trees may use of each resource
   * @param allBytes of all classes: what a relay has to have room for
   */
  static Terrain of(IndexedProblem problem, BlockClass c, double[] capacity, double allBytes) {
    int[] roots =
        Arrays.stream(c.possessors())
            .filter(h -> c.runs().stream().allMatch(r -> isSource(r, h)))
            .toArray();
    boolean complete = roots.length == c.possessors().length && problem.loads.isEmpty();
    List<Integer> receivers = new ArrayList<>();
    for (int h = 0; h < problem.hosts(); h++) {
      if (Arrays.binarySearch(c.needers(), h) >= 0) {
        receivers.add(h);
      } else if (problem.relay[h] && Arrays.binarySearch(c.possessors(), h) < 0) {
        boolean room = problem.room[h] - problem.incoming[h] >= allBytes;
        complete &= room;
        if (room) {
          receivers.add(h);
        }
      }
    }
    List<Integer> senders = new ArrayList<>(receivers);
    Arrays.stream(roots).forEach(senders::add);
    List<Arc> arcs = new ArrayList<>();
    for (int from : senders) {
      for (int to : receivers) {
        int[] way = problem.way(from, to);
        if (way != null && Arrays.stream(way).allMatch(r -> capacity[r] > 0)) {
          double cost = Arrays.stream(way).mapToDouble(r -> problem.costPerByte[r]).sum();
          arcs.add(new Arc(from, to, way, cost));
        }
      }
    }
    return new Terrain(c, roots, List.copyOf(arcs), complete);
  }

  /** Whether trees from the roots reach every needer. */
  boolean isConnected() {
    BitSet reached = new BitSet();
    Arrays.stream(roots).forEach(reached::set);
    for (int before = -1; before < reached.cardinality(); ) {
      before = reached.cardinality();
      arcs.stream().filter(a -> reached.get(a.from())).forEach(a -> reached.set(a.to()));
    }
    return Arrays.stream(blocks.needers()).allMatch(reached::get);
  }

  private static boolean isSource(Run run, int host) {
    return Arrays.binarySearch(run.holders(), host) >= 0
        || run.arrivals().stream().anyMatch(a -> a.generation() && a.host() == host);
  }
}
