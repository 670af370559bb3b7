package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Stop;
import java.util.List;

/**
 * The CP-SAT solver's search for the fewest slots on one grid. It halves what is between the most
 * slots that are too few and the fewest that are known to do, and counts a horizon that the engine
 * can't decide with the present effort as too few for now. Every horizon is tried on two models,
 * with and without {@link Symmetry}: each is far better than the other on some problems.
 */
final class GridSearch {
  /** By what share of a slot a schedule has to be shorter to be better. */
  private static final double BETTER = 1e-4;

  private static final boolean[] ORDERED = {true, false};

  private final List<Item> items;
  private final Grid grid;
  private final Engine engine;
  private final Incumbent incumbent;
  private final Stop stop;
  private final double ceilingSeconds;

  /** No fewer slots do. */
  private int least;

  /**
   * @param least no schedule takes fewer slots
   * @param ceilingSeconds none that takes longer is looked for
   */
  GridSearch(
      List<Item> items,
      Grid grid,
      int least,
      double ceilingSeconds,
      Engine engine,
      Incumbent incumbent,
      Stop stop) {
    this.items = items;
    this.grid = grid;
    this.least = least;
    this.engine = engine;
    this.incumbent = incumbent;
    this.stop = stop;
    this.ceilingSeconds = ceilingSeconds;
  }

  Grid grid() {
    return grid;
  }

  /** The most slots that would be better than what there is. */
  int most() {
    double better = Math.min(ceilingSeconds, incumbent.makespan()) - BETTER * grid.slotSeconds();
    return grid.slotsWithin(Math.max(0, better));
  }

  int least() {
    return least;
  }

  /** Whether nothing better than what there is exists on this grid. */
  boolean exhausted() {
    return least > most();
  }

  /** Tries every horizon worth trying with so much effort. */
  void pass(double effort) {
    int from = least;
    while (from <= most() && !incumbent.done() && !stop.now()) {
      int horizon = from + (most() - from) / 2;
      from = decide(horizon, effort) ? least : horizon + 1;
    }
  }

  private boolean decide(int horizon, double effort) {
    for (boolean ordered : ORDERED) {
      SlotModel model = new SlotModel(items, grid, horizon, ordered, stop);
      Engine.Answer answer = engine.solve(model.model, effort, 1);
      if (answer instanceof Engine.Found found) {
        incumbent.offer(new Moves(grid).copies(model.moves(found.chosen())));
        return true;
      }
      if (answer instanceof Engine.Impossible) {
        least = Math.max(least, horizon + 1);
        return true;
      }
    }
    return false;
  }
}
