package dev.waybill.planner.solve.optaplanner;

/**
 * A host that feeds others: what OptaPlanner chooses for each place of a tree.
 *
 * @param host its index
 */
record Feeder(int host) {}
