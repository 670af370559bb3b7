package dev.waybill.planner.solve.cpsat;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.Arrival;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Load;
import dev.waybill.planner.indexed.Run;
import dev.waybill.planner.solve.cpsat.Item.Arc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a problem apart for the CP-SAT solver: every block that has to travel, and its ways. */
final class Items {
  /** The share of a capacity that has to be left beside copies in progress to count on it. */
  private static final double LEAST_SHARE = 0.03;

  private Items() {}

  /** All items in the order of files and blocks, or null where they have more arcs than that. */
  static @Nullable List<Item> of(IndexedProblem problem, int mostArcs) {
    double[] usable = usable(problem);
    List<Item> items = new ArrayList<>();
    long arcs = 0;
    for (BlockClass c : BlockClass.of(problem)) {
      List<Arc> ways = arcs(problem, c, usable);
      arcs += (long) ways.size() * c.blocks();
      if (arcs > mostArcs) {
        return null;
      }
      for (Run run : c.runs()) {
        for (int b = run.first(); b <= run.last(); b++) {
          BlockLayout layout = problem.layouts[c.file()];
          items.add(new Item(c.file(), b, layout.length(b), c, heldAt(problem, run, b), ways));
        }
      }
    }
    return items;
  }

  private static double[] usable(IndexedProblem problem) {
    double[] usable = problem.capacity.clone();
    for (Load load : problem.loads) {
      if (load.end() > 0) {
        for (int r : load.way()) {
          usable[r] -= load.rate();
        }
      }
    }
    for (int r = 0; r < usable.length; r++) {
      boolean scarce = usable[r] < LEAST_SHARE * problem.capacity[r];
      usable[r] = scarce ? problem.capacity[r] : usable[r];
    }
    return usable;
  }

  private static double[] heldAt(IndexedProblem problem, Run run, int block) {
    double[] heldAt = new double[problem.hosts()];
    Arrays.fill(heldAt, Double.POSITIVE_INFINITY);
    for (int h : run.holders()) {
      heldAt[h] = 0;
    }
    for (Arrival a : run.arrivals()) {
      heldAt[a.host()] = Math.max(0, a.heldAt(problem.layouts[run.file()], block));
    }
    return heldAt;
  }

  private static List<Arc> arcs(IndexedProblem problem, BlockClass c, double[] usable) {
    BlockLayout layout = problem.layouts[c.file()];
    long least = layout.length(c.runs().get(c.runs().size() - 1).last());
    List<Integer> receivers = new ArrayList<>();
    for (int h = 0; h < problem.hosts(); h++) {
      boolean relays = problem.relay[h] && problem.room[h] - problem.incoming[h] >= least;
      boolean possesses = Arrays.binarySearch(c.possessors(), h) >= 0;
      if (Arrays.binarySearch(c.needers(), h) >= 0 || (relays && !possesses)) {
        receivers.add(h);
      }
    }
    List<Integer> senders = new ArrayList<>(receivers);
    Arrays.stream(c.possessors()).forEach(senders::add);
    List<Arc> arcs = new ArrayList<>();
    for (int from : senders) {
      for (int to : receivers) {
        int[] way = problem.way(from, to);
        if (way != null && problem.minCapacity(way) > 0) {
          double rate = Arrays.stream(way).mapToDouble(r -> usable[r]).min().orElse(1 / 0.0);
          arcs.add(new Arc(from, to, way, rate));
        }
      }
    }
    return arcs;
  }
}
