package dev.waybill.planner.solve.flow;

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
import dev.waybill.planner.solve.greedy.BlockByBlock;
import dev.waybill.planner.solve.greedy.GreedyConfig;
import java.util.List;

/**
 * The planner's flow solver: forests of few constant-rate trees, and a list scheduler on single
 * blocks where there are not too many of them.
 */
public final class FlowSolver implements Solver {
  private final FlowConfig config;
  private final Part part;

  /** What of it is to run. */
  public enum Part {
    /** Everything, one after the other. */
    ALL,
    /** The search for forests. */
    FORESTS,
    /** The list scheduler on single blocks. */
    LISTS
  }

  public FlowSolver(FlowConfig config) {
    this(config, Part.ALL);
  }

  public FlowSolver(FlowConfig config, Part part) {
    this.config = config;
    this.part = part;
  }

  @Override
  public String name() {
    return "flow";
  }

  @Override
  public Solution solve(Problem problem, SolveLimits limits, SolveMonitor monitor) {
    Stop stop = new Stop(limits, monitor);
    IndexedProblem indexed = new IndexedProblem(problem);
    Solution.Infeasible obstacle = Reachability.obstacle(indexed);
    if (obstacle != null) {
      return obstacle;
    }
    Bound bound = LowerBound.of(indexed);
    Incumbent incumbent = new Incumbent(name(), indexed, bound, limits, monitor, stop);
    List<BlockClass> classes = BlockClass.of(indexed);
    if (classes.isEmpty()) {
      incumbent.offer(List.of());
      return incumbent.solution("");
    }
    new Run(indexed, classes, bound, limits, stop, incumbent).all();
    return incumbent.solution("flow found no order in which the relays' storage suffices");
  }

  /** One run: what is tried, and in which order. */
  private final class Run {
    private static final double[] HORIZONS = {Double.POSITIVE_INFINITY, 1.02, 1.01};

    private final SolveLimits limits;
    private final Stop stop;
    private final Incumbent incumbent;
    private final ForestSearch forests;
    private final BlockByBlock list;
    private final boolean anyRelay;

    Run(
        IndexedProblem problem,
        List<BlockClass> classes,
        Bound bound,
        SolveLimits limits,
        Stop stop,
        Incumbent incumbent) {
      this.limits = limits;
      this.stop = stop;
      this.incumbent = incumbent;
      List<Cargo> cargoes = Cargo.of(problem, classes);
      forests =
          new ForestSearch(problem, cargoes, bound.seconds(), config, limits.seed(), incumbent);
      list = new BlockByBlock(problem, classes, bound.seconds(), GreedyConfig.standard());
      boolean relay = false;
      for (boolean r : problem.relay) {
        relay |= r;
      }
      anyRelay = relay;
    }

    void all() {
      boolean grows = part != Part.LISTS && forests.applies();
      boolean brief = part == Part.ALL && list.transfers() <= config.briefTransfers();
      if (grows) {
        int first = brief ? config.firstDraws() : Integer.MAX_VALUE;
        forests.run(first, config.patience(), stop::now);
      }
      boolean lists = part != Part.FORESTS && list.transfers() <= config.transfers();
      if (lists || (part == Part.ALL && incumbent.isEmpty())) {
        sendBlockByBlock();
      }
      if (grows && brief) {
        forests.run(Integer.MAX_VALUE, config.patience(), stop::now);
      }
    }

    private void sendBlockByBlock() {
      int runs = 0;
      for (double horizon : HORIZONS) {
        for (boolean relays : anyRelay ? new boolean[] {false, true} : new boolean[1]) {
          if (runs++ < config.lists() && !incumbent.done()) {
            List<Copy> copies =
                list.schedule(config.transfers(), limits.seed(), horizon, relays, stop);
            if (copies != null) {
              incumbent.offer(copies);
            }
          }
        }
      }
    }
  }
}
