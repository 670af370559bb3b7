package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.solve.cpsat.Item.Arc;

/** One item on one arc from the beginning of one slot on: what the CP-SAT solver decides. */
record Move(Item item, Arc arc, int slot) {}
