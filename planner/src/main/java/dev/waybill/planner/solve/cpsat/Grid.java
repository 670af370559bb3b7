package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.cpsat.Item.Arc;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Time in slots of one length, as the CP-SAT solver cuts it. A block takes as many whole slots on
 * its way as its fastest copy needs, and is sent no faster than that takes; so whatever starts at
 * the beginning of a slot and fits by slots keeps the rules by seconds too.
 *
 * @param slotSeconds the length of a slot
 */
record Grid(IndexedProblem problem, double slotSeconds) {
  /** What rounding may add to a number of slots. */
  private static final double ROUNDING = 1e-9;

  /** How far a time may be from a multiple of the slot, in slots, to count as one. */
  private static final double MULTIPLE = 1e-6;

  private static final int FINEST = 12;

  /**
   * Grids worth trying, the coarsest first: of each time that a block takes on some way alone, and
   * of the longest slot of which all those are multiples, where there is such a one.
   */
  static List<Grid> of(IndexedProblem problem, List<Item> items) {
    TreeSet<Double> times = new TreeSet<>();
    for (Item item : items) {
      for (Arc arc : item.arcs()) {
        double seconds = full(problem, item) / arc.rate();
        Double near = times.ceiling(seconds * (1 - MULTIPLE));
        if (seconds > 0 && (near == null || near > seconds * (1 + MULTIPLE))) {
          times.add(seconds);
        }
      }
    }
    if (times.isEmpty()) {
      return List.of(new Grid(problem, 1));
    }
    TreeSet<Double> slots = new TreeSet<>(times);
    for (int parts = 1; parts <= FINEST; parts++) {
      double slot = times.first() / parts;
      if (times.stream().allMatch(t -> isMultiple(t, slot))) {
        slots.add(slot);
        break;
      }
    }
    List<Grid> grids = new ArrayList<>();
    slots.descendingSet().forEach(s -> grids.add(new Grid(problem, s)));
    return grids;
  }

  private static boolean isMultiple(double seconds, double slot) {
    double slots = seconds / slot;
    return Math.abs(slots - Math.rint(slots)) <= MULTIPLE * slots;
  }

  private static double full(IndexedProblem problem, Item item) {
    return problem.layouts[item.file()].length(0);
  }

  /** How many slots {@code item} takes on {@code arc}, at least one. */
  int slots(Item item, Arc arc) {
    return up(item.bytes() / (rate(item, arc) * slotSeconds));
  }

  /** What {@code item} is sent at on {@code arc}: bytes per second, the same for all its file. */
  double rate(Item item, Arc arc) {
    double full = full(problem, item);
    return full / (up(full / arc.rate() / slotSeconds) * slotSeconds);
  }

  private static int up(double slots) {
    return (int) Math.max(1, Math.ceil(slots * (1 - ROUNDING)));
  }

  /** The first slot that begins at {@code seconds} or later; for what is never, no slot at all. */
  int slotFrom(double seconds) {
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(seconds / slotSeconds * (1 - ROUNDING)));
  }

  /** When slot {@code index} begins. */
  double seconds(int index) {
    return index * slotSeconds;
  }

  /** How many slots end by {@code seconds}. */
  int slotsWithin(double seconds) {
    return (int) Math.min(Integer.MAX_VALUE, Math.floor(seconds / slotSeconds * (1 + ROUNDING)));
  }
}
