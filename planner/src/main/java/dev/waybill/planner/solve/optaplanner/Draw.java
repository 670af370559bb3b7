package dev.waybill.planner.solve.optaplanner;

import org.jspecify.annotations.Nullable;

/** A family of moves of the OptaPlanner solver; all of them leave trees trees. */
interface Draw {
  /** One of them at random, or null where what was drawn can't be done. */
  @Nullable Rewire draw(Woods woods);
}
