package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.greedy.GreedyStart;
import java.util.ArrayList;
import java.util.List;

/**
 * The planner's solver of small problems on a grid of time, with OR-Tools CP-SAT: the best plan in
 * which every block is sent alone and begins with a slot, for several lengths of a slot. It starts
 * from the greedy solver's schedule and returns that where it finds none that is better.
 *
 * <p>Where the makespan alone counts it searches for the fewest slots; otherwise it minimises the
 * score among schedules that are no longer than the greedy solver's.
 */
public final class CpSatSolver implements Solver {
  /** How many times the lower bound a schedule may take where greedy has found none. */
  private static final double UNKNOWN_SPAN = 4;

  private final CpSatConfig config;

  public CpSatSolver(CpSatConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "cpsat";
  }

  @Override
  public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
    Stop stop = new Stop(limits, monitor);
    IndexedProblem indexed = task.indexed();
    Solution.Infeasible obstacle = task.obstacle();
    if (obstacle != null) {
      return obstacle;
    }
    List<Item> items = Items.of(indexed, config.mostChoices());
    if (items == null) {
      return unsupported("ways of blocks");
    }
    Bound bound = task.bound();
    Incumbent incumbent = new Incumbent(name(), indexed, bound, limits, monitor, stop);
    GreedyStart.offer(task, limits, stop, config.greedyShare(), monitor, incumbent);
    double ceiling = incumbent.isEmpty() ? UNKNOWN_SPAN * bound.seconds() : incumbent.makespan();
    List<Grid> grids = new ArrayList<>();
    for (Grid grid : Grid.of(indexed, items)) {
      int horizon = grid.slotsWithin(ceiling) + 1;
      if (SlotModel.size(items, grid, horizon, config.mostChoices()) <= config.mostChoices()) {
        grids.add(grid);
      }
    }
    if (grids.isEmpty()) {
      return unsupported("moves");
    }
    Engine engine = new Engine(config, limits.seed(), stop);
    if (incumbent.done() || !engine.load()) {
      return incumbent.solution("cpsat had no time to begin");
    }
    if (indexed.problem.objective().isMakespanAlone()) {
      new SlotSearch(indexed, items, grids, ceiling, config, engine, incumbent, stop).run();
    } else {
      minimiseScore(items, grids, ceiling, engine, incumbent, stop);
    }
    return incumbent.solution("cpsat found no schedule on its grids");
  }

  private Solution unsupported(String what) {
    return new Solution.Unsupported(
        "it has more than " + config.mostChoices() + " " + what + " to choose from");
  }

  private static void minimiseScore(
      List<Item> items,
      List<Grid> grids,
      double ceiling,
      Engine engine,
      Incumbent incumbent,
      Stop stop) {
    for (int g = 0; g < grids.size() && !incumbent.done(); g++) {
      Grid grid = grids.get(g);
      int horizon = grid.slotsWithin(ceiling) + 1;
      SlotModel model = new SlotModel(items, grid, horizon, false, stop);
      new Score(grid, horizon, model.model).minimise(model.choices);
      double share = 1.0 / (grids.size() - g);
      if (engine.solve(model.model, Double.MAX_VALUE, share) instanceof Engine.Found found) {
        incumbent.offer(new Moves(grid).copies(model.moves(found.chosen())));
      }
    }
  }
}
