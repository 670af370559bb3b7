package dev.waybill.planner.solve.flow;

import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.packing.FractionalPacking;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.greedy.BlockByBlock;
import dev.waybill.planner.solve.greedy.GreedyConfig;
import dev.waybill.planner.solve.rounds.RoundPlan;
import dev.waybill.planner.solve.tree.KnownTrees;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The planner's flow solver: rounds where all hosts are equal, forests of few constant-rate trees
 * (grown at random, and those of the fractional packing's linear program), and a list scheduler on
 * single blocks where there are not too many of them.
 */
public final class FlowSolver implements Solver {
  private final FlowConfig config;
  private final Part part;

  /** What of it is to run. */
  public enum Part {
    /** Everything, one after the other. */
    ALL,
    /** The plan in rounds, where there is one that is nearly as fast as possible. */
    ROUNDS,
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
  public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
    Stop stop = new Stop(limits, monitor);
    IndexedProblem indexed = task.indexed();
    Solution.Infeasible obstacle = task.obstacle();
    if (obstacle != null) {
      return obstacle;
    }
    Bound bound = task.bound();
    Incumbent incumbent = new Incumbent(name(), indexed, bound, limits, monitor, stop);
    List<BlockClass> classes = BlockClass.of(indexed);
    if (classes.isEmpty()) {
      incumbent.offer(List.of());
      return incumbent.solution("");
    }
    new Run(task, classes, limits, stop, incumbent).all();
    return incumbent.solution("flow found no order in which the relays' storage suffices");
  }

  /** One run: what is tried, and in which order. */
  private final class Run {
    private static final double[] HORIZONS = {Double.POSITIVE_INFINITY, 1.02, 1.01};

    /** Plans in rounds that take longer than this times the bound are not made. */
    private static final double WORTH_ROUNDS = 1.1;

    private final Task task;
    private final IndexedProblem problem;
    private final Bound bound;
    private final SolveLimits limits;
    private final Stop stop;
    private final Incumbent incumbent;
    private final ForestSearch forests;
    private final @Nullable Lessons lessons;
    private final BlockByBlock list;
    private final boolean anyRelay;

    Run(Task task, List<BlockClass> classes, SolveLimits limits, Stop stop, Incumbent incumbent) {
      this.task = task;
      this.problem = task.indexed();
      this.bound = task.bound();
      this.limits = limits;
      this.stop = stop;
      this.incumbent = incumbent;
      List<Cargo> cargoes = Cargo.of(problem, classes);
      lessons = has(Part.FORESTS) ? Lessons.on(task, cargoes) : null;
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
      if (has(Part.ROUNDS)) {
        sendInRounds();
      }
      boolean grows = has(Part.FORESTS) && forests.applies();
      if (grows) {
        goOn();
        forests.run(config.firstDraws(), config.patience(), stop::now);
        if (problem.hosts() <= config.packedHosts() && !incumbent.done()) {
          forests.plant(FractionalPacking.of(problem));
        }
      }
      boolean lists = has(Part.LISTS) && list.transfers() <= config.transfers();
      boolean brief = lists && list.transfers() <= config.briefTransfers();
      boolean growsFirst = grows && !brief && !incumbent.isEmpty();
      if (growsFirst) {
        forests.run(Integer.MAX_VALUE, config.patience(), stop::now);
      }
      if (lists || (part == Part.ALL && incumbent.isEmpty())) {
        sendBlockByBlock();
      }
      if (grows && !growsFirst) {
        forests.run(Integer.MAX_VALUE, config.patience(), stop::now);
      }
      if (grows && lessons != null) {
        forests.teach(lessons, stop.elapsedSeconds());
      }
    }

    /** Begins with what earlier runs have learnt. */
    private void goOn() {
      KnownTrees.Start start = lessons == null ? null : lessons.start();
      if (start != null) {
        forests.replant(start.trees());
        task.searchedBefore(start.searched());
        incumbent.searchedBefore(task.searchedBefore());
      }
    }

    private boolean has(Part of) {
      return part == Part.ALL || part == of;
    }

    private void sendInRounds() {
      RoundPlan rounds = RoundPlan.of(problem);
      if (rounds != null && rounds.seconds() <= WORTH_ROUNDS * bound.seconds()) {
        incumbent.offer(rounds.copies());
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
