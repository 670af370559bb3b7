package dev.waybill.planner.solve.greedy;

import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Figures;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Reachability;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
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
    long startNanos = System.nanoTime();
    IndexedProblem indexed = new IndexedProblem(problem);
    Solution.Infeasible obstacle = Reachability.obstacle(indexed);
    if (obstacle != null) {
      return obstacle;
    }
    Bound bound = LowerBound.of(indexed);
    Stop stop = new Stop(limits, monitor);
    Search search = new Search(indexed, bound, limits, stop, monitor);
    List<Copy> copies = search.best();
    if (copies == null) {
      return new Solution.GaveUp(
          stop.cancelled()
              ? "cancelled before a schedule was found"
              : stop.now()
                  ? "no schedule found within " + limits.timeLimit().toMillis() / 1e3 + " s"
                  : "greedy found no order in which the relays' storage suffices");
    }
    Figures figures = ScheduleChecker.figures(problem, copies);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return new Solution.Planned(
        new Schedule(
            problem.name(),
            name(),
            figures.makespan(),
            bound.seconds(),
            figures.cost(),
            figures.score(),
            seconds,
            copies),
        bound);
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
    private @Nullable List<Copy> best;
    private double bestScore = Double.POSITIVE_INFINITY;
    private double bestValue = Double.POSITIVE_INFINITY;
    private final long receivers;

    Search(
        IndexedProblem problem, Bound bound, SolveLimits limits, Stop stop, SolveMonitor monitor) {
      this.problem = problem;
      this.classes = BlockClass.of(problem);
      this.receivers =
          Math.max(1, classes.stream().mapToLong(c -> c.needers().length).max().orElse(1));
      this.bound = bound;
      this.limits = limits;
      this.stop = stop;
      this.monitor = monitor;
    }

    @Nullable List<Copy> best() {
      if (classes.isEmpty()) {
        return List.of();
      }
      packTrees();
      monitor.progress(0.5);
      runSwarms();
      monitor.progress(1);
      return best;
    }

    private void packTrees() {
      TreePacker packer = new TreePacker(problem, classes, bound.seconds());
      if (!packer.applies()) {
        return;
      }
      for (TreeShape shape : shapes()) {
        if (packer.choices() > config.treeBudget() || done()) {
          return;
        }
        for (int i = 0; i < TREE_SEEDS && packer.choices() <= config.treeBudget(); i++) {
          TreePlan plan = packer.pack(shape, limits.seed() + i, stop);
          if (plan != null && (!isMakespanAlone() || plan.seconds() < bestScore)) {
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
            if (done() || (transfers > config.workBudget() && best != null)) {
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

    private void keepIfBetter(@Nullable List<Copy> copies) {
      if (copies == null) {
        return;
      }
      double score = ScheduleChecker.figures(problem.problem, copies).score();
      double handOvers = (double) copies.size() / receivers;
      double value =
          score + problem.problem.objective().makespan() * config.handOverSeconds() * handOvers;
      if (value < bestValue) {
        best = copies;
        bestScore = score;
        bestValue = value;
      }
    }

    private boolean done() {
      boolean closeEnough =
          best != null && isMakespanAlone() && bestScore <= bound.seconds() * (1 + limits.gap());
      return closeEnough || stop.now();
    }

    private boolean isMakespanAlone() {
      Objective o = problem.problem.objective();
      return o.makespan() == 1 && o.weightedCompletion() == 0 && o.cost() == 0 && o.lateness() == 0;
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
