package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.solve.cpsat.Item.Arc;
import java.util.Arrays;
import java.util.List;

/**
 * For one item of the CP-SAT solver, on its grid: the first slot at whose beginning each host can
 * hold it, and the last at whose beginning holding it still helps.
 */
final class Windows {
  /** Later than any slot. */
  static final int NEVER = Integer.MAX_VALUE / 2;

  /** By host. */
  final int[] earliest;

  /** By host; below 0 where it never helps. */
  final int[] latest;

  /**
   * @param slots that each arc of the item takes
   * @param heldFrom the first slot at whose beginning each host holds it without a new copy
   * @param horizon the number of slots in which everything is to be done
   */
  Windows(Item item, int[] slots, int[] heldFrom, int horizon) {
    earliest = heldFrom.clone();
    latest = new int[heldFrom.length];
    Arrays.fill(latest, -1);
    for (int h : item.blocks().needers()) {
      latest[h] = horizon;
    }
    List<Arc> arcs = item.arcs();
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int a = 0; a < slots.length; a++) {
        Arc arc = arcs.get(a);
        if (earliest[arc.from()] + slots[a] < earliest[arc.to()]) {
          earliest[arc.to()] = earliest[arc.from()] + slots[a];
          changed = true;
        }
        if (latest[arc.to()] - slots[a] > latest[arc.from()]) {
          latest[arc.from()] = latest[arc.to()] - slots[a];
          changed = true;
        }
      }
    }
  }
}
