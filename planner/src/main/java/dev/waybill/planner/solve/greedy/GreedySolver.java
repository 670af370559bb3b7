package dev.waybill.planner.solve.greedy;

import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Reachability;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.tree.TreePacker;
import dev.waybill.planner.solve.tree.TreePlan;
import dev.waybill.planner.solve.tree.TreeShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The planner's greedy solver. It packs pipelined trees in several shapes where that is possible,
 * runs the event-driven list scheduler in several settings, and keeps the schedule with the best
 * score, where every copy that a receiver gets on average counts as the time of its hand-over. It
 * proves what is infeasible; it may give up on a feasible problem where relays' storage is so short
 * that the order of filling it decides.
 */
public final class GreedySolver implements Solver {
  private final GreedyConfig config;

  public GreedySolver(GreedyConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "greedy";
  }

  @Override
  public Solution solve(Problem problem, SolveLimits limits, SolveMonitor monitor) {
    IndexedProblem indexed = new IndexedProblem(problem);
    Solution.Infeasible obstacle = Reachability.obstacle(indexed);
    if (obstacle != null) {
      return obstacle;
    }
    Bound bound = LowerBound.of(indexed);
    Stop stop = new Stop(limits, monitor);
    Incumbent incumbent = new Incumbent(name(), indexed, bound, limits, monitor, stop);
    new Search(indexed, bound, limits, stop, monitor, incumbent).run();
    return incumbent.solution("greedy found no order in which the relays' storage suffices");
  }

  /** One search: what there is to try, and the best so far. */
  private final class Search {
    private static final double[] HORIZONS = {Double.POSITIVE_INFINITY, 1.03, 1.1};
    private static final int TREE_SEEDS = 4;
    private static final double[] DEPTH_WEIGHTS = {1, 0.01};

    private final IndexedProblem problem;
    private final List<BlockClass> classes;
    private final Bound bound;
    private final SolveLimits limits;
    private final Stop stop;
    private final SolveMonitor monitor;
    private final Incumbent incumbent;

    Search(
        IndexedProblem problem,
        Bound bound,
        SolveLimits limits,
        Stop stop,
        SolveMonitor monitor,
        Incumbent incumbent) {
      this.problem = problem;
      this.classes = BlockClass.of(problem);
      this.bound = bound;
      this.limits = limits;
      this.stop = stop;
      this.monitor = monitor;
      this.incumbent = incumbent;
    }

    void run() {
      if (classes.isEmpty()) {
        incumbent.offer(List.of());
        return;
      }
      packTrees();
      monitor.progress(0.5);
      runSwarms();
      monitor.progress(1);
    }

    private void packTrees() {
      TreePacker packer = new TreePacker(problem, classes, bound.seconds());
      if (!packer.applies()) {
        return;
      }
      for (TreeShape shape : shapes()) {
        if (packer.choices() > config.treeBudget() || incumbent.done()) {
          return;
        }
        for (int i = 0; i < TREE_SEEDS && packer.choices() <= config.treeBudget(); i++) {
          TreePlan plan = packer.pack(shape, limits.seed() + i, stop);
          if (plan != null && mayBeBetter(plan)) {
            keepIfBetter(plan.copies());
          }
        }
      }
    }

    private List<TreeShape> shapes() {
      List<TreeShape> shapes = new ArrayList<>();
      double money = problem.problem.objective().cost() > 0 ? 10 : 0;
      for (double depthWeight : DEPTH_WEIGHTS) {
        for (int trees : config.trees()) {
          shapes.add(new TreeShape(TreeShape.equal(trees), depthWeight, money, false));
          if (trees > 2) {
            shapes.add(new TreeShape(TreeShape.halving(trees), depthWeight, money, false));
          }
          if (anyRelay()) {
            shapes.add(new TreeShape(TreeShape.equal(trees), depthWeight, money, true));
          }
        }
      }
      return shapes;
    }

    private void runSwarms() {
      long transfers = 0;
      Set<List<Object>> tried = new HashSet<>();
      for (double horizon : HORIZONS) {
        for (int count : config.pieces()) {
          for (boolean allRelays : anyRelay() ? new boolean[] {false, true} : new boolean[1]) {
            if (incumbent.done() || (transfers > config.workBudget() && !incumbent.isEmpty())) {
              return;
            }
            Pieces pieces = Pieces.cut(problem, count, config.transferBudget());
            if (!tried.add(List.of(horizon, pieces.transfers(), allRelays))) {
              continue;
            }
            transfers += pieces.transfers();
            keepIfBetter(
                new Swarm(problem, pieces, config, setting(horizon, allRelays), classes)
                    .schedule(stop));
          }
        }
      }
    }

    private SwarmSetting setting(double horizon, boolean allRelays) {
      double[] share = LowerBound.entrySeconds(problem);
      for (int l = 0; l < share.length; l++) {
        share[l] = bound.seconds() > 0 ? Math.min(1, share[l] / bound.seconds()) : 0;
      }
      return new SwarmSetting(limits.seed(), horizon * bound.seconds(), allRelays, share);
    }

    private boolean mayBeBetter(TreePlan plan) {
      return !problem.problem.objective().isMakespanAlone() || plan.seconds() < incumbent.score();
    }

    private void keepIfBetter(@Nullable List<Copy> copies) {
      if (copies != null) {
        incumbent.offer(copies);
      }
    }

    private boolean anyRelay() {
      for (boolean relay : problem.relay) {
        if (relay) {
          return true;
        }
      }
      return false;
    }
  }
}
