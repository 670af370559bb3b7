package dev.waybill.planner.master;

import dev.waybill.planner.catalogue.Change;

/** What the master's core wants done, in this order, before an event's answer is given. */
public sealed interface MasterEffect {
  /** Make this durable. */
  record Persist(Change change) implements MasterEffect {}

  /**
   * Solve this and say so with {@link MasterEvent.PlanMade}. At most one is asked for at a time.
   */
  record Solve(PlanRequest request) implements MasterEffect {}

  /** The answer to what is being solved will not be used: it may come at once. */
  record StopSolving() implements MasterEffect {}

  /** There are new orders for this host. */
  record OrdersChanged(String host) implements MasterEffect {}

  /** Something that whoever runs the master wants to read. */
  record Note(String line) implements MasterEffect {}
}
