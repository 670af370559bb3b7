package dev.waybill.planner.solve.optaplanner;

import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.ConfigFile;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.tree.Tree;
import dev.waybill.planner.solve.tree.TreeGround;
import dev.waybill.planner.solve.tree.TreePacker;
import dev.waybill.planner.solve.tree.TreePlan;
import dev.waybill.planner.solve.tree.TreeShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.optaplanner.core.config.solver.SolverConfig;

/**
 * The planner's solver that lets OptaPlanner improve pipelined trees by local search. It begins
 * with packed trees, or with rough ones where no packing is found, and is good for few files that
 * many hosts want, also under costs, deadlines and limits on how many hosts one may send to. The
 * rates are exact; see {@link TreeSearch}.
 */
public final class OptaPlannerSolver implements Solver {
  /** Rates are chosen anew, so that the packer need not come close to its lowest target. */
  private static final double TARGET_STEP = 1.05;

  /** The share of the time that packing may take. */
  private static final double PACKING = 0.25;

  private static final String XML = ConfigFile.resource("optaplanner.xml");

  /** With many classes of blocks there are fewer trees for each. */
  private static final int MOST_TREES = 48;

  private static final double[] DEPTH_WEIGHTS = {0.01, 1};

  private final OptaPlannerConfig config;

  /** Runs once, whoever needs it first. */
  private final FutureTask<SolverConfig> solverConfig =
      new FutureTask<>(() -> SolverConfig.createFromXmlResource(XML.substring(1)));

  public OptaPlannerSolver(OptaPlannerConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "optaplanner";
  }

  @Override
  public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
    IndexedProblem indexed = task.indexed();
    Solution.Infeasible obstacle = task.obstacle();
    if (obstacle != null) {
      return obstacle;
    }
    Bound bound = task.bound();
    Stop stop = new Stop(limits, monitor);
    Incumbent incumbent = new Incumbent(name(), indexed, bound, limits, monitor, stop);
    List<BlockClass> classes = BlockClass.of(indexed);
    if (classes.isEmpty()) {
      incumbent.offer(List.of());
      return incumbent.solution("nothing is needed");
    }
    if (classes.size() > config.mostClasses()) {
      return new Solution.Unsupported(
          String.format(
              "there are %d classes of blocks, each with its own holders or receivers, and"
                  + " optaplanner takes at most %d",
              classes.size(), config.mostClasses()));
    }
    long places = classes.stream().mapToLong(c -> c.needers().length).sum();
    if (places > config.mostPlaces()) {
      return new Solution.Unsupported(
          String.format(
              "%d hosts have to be placed in trees, and optaplanner takes at most %d",
              places, config.mostPlaces()));
    }
    Future<SolverConfig> moves = solverConfig();
    List<TreeSearch> searches = new ArrayList<>();
    for (TreeGround ground : grounds(indexed)) {
      TreeSearch search = new TreeSearch(config, moves, ground, limits, stop, incumbent);
      begin(search, ground, bound, limits, stop);
      searches.add(search);
    }
    searches.sort(Comparator.comparingDouble(TreeSearch::least));
    searches.forEach(TreeSearch::improve);
    return incumbent.solution(
        "optaplanner found no trees whose relays have storage for all that passes, and in which no"
            + " host sends to more than "
            + config.mostReceivers()
            + " others");
  }

  /**
   * Improves trees that another solver has found. Nothing happens where copies in progress leave
   * them no rate.
   *
   * @param trees for each class of blocks that somebody needs at least one, in any order; their
   *     rates are chosen anew
   * @param incumbent is offered what the trees come to, and everything better that is found
   */
  public void improve(
      IndexedProblem problem,
      List<Tree> trees,
      SolveLimits limits,
      Stop stop,
      Incumbent incumbent) {
    TreeGround ground = TreeGround.atOnce(problem);
    List<Tree> own = onGround(ground, trees);
    if (ground.classes.stream().allMatch(c -> own.stream().anyMatch(t -> t.blocks.equals(c)))) {
      TreeSearch search = new TreeSearch(config, solverConfig(), ground, limits, stop, incumbent);
      search.start(own);
      search.improve();
    }
  }

  /** The same trees, of the ground's own classes, but for those with ways that aren't open. */
  private static List<Tree> onGround(TreeGround ground, List<Tree> trees) {
    List<Tree> own = new ArrayList<>();
    for (Tree t : trees) {
      for (BlockClass c : ground.classes) {
        if (t.blocks.file() == c.file()
            && t.blocks.runs().get(0).first() == c.runs().get(0).first()
            && t.edges.stream().allMatch(e -> ground.isOpen(e.way()))) {
          own.add(new Tree(c, t.rate, t.edges));
        }
      }
    }
    return own;
  }

  /**
   * OptaPlanner's configuration, which is read beside other work: the first time, that takes long.
   */
  private Future<SolverConfig> solverConfig() {
    if (!solverConfig.isDone()) {
      Thread thread = new Thread(solverConfig, "optaplanner-config");
      thread.setDaemon(true);
      thread.start();
    }
    return solverConfig;
  }

  private static List<TreeGround> grounds(IndexedProblem problem) {
    List<TreeGround> grounds = new ArrayList<>(List.of(TreeGround.atOnce(problem)));
    if (problem.loads.stream().anyMatch(l -> l.end() > 0)) {
      grounds.add(TreeGround.afterCopiesInProgress(problem));
    }
    return grounds;
  }

  /** Packs trees in several shapes, for no more than part of the time. */
  private void begin(
      TreeSearch search, TreeGround ground, Bound bound, SolveLimits limits, Stop stop) {
    if (ground.classes.stream().anyMatch(c -> ground.roots(c).length == 0)) {
      return;
    }
    TreePacker packer = new TreePacker(ground, bound.seconds(), TARGET_STEP);
    double until = stop.elapsedSeconds() + PACKING * stop.leftSeconds();
    for (TreeShape shape : packer.applies() ? shapes(ground) : List.<TreeShape>of()) {
      for (int i = 0; i < config.seeds() && !stop.now(); i++) {
        TreePlan plan = packer.pack(shape, limits.seed() + i, stop);
        if (plan != null) {
          search.start(plan.trees());
        }
        if (stop.elapsedSeconds() > until && search.hasStart()) {
          return;
        }
      }
    }
    if (!search.hasStart()) {
      List<Tree> cold =
          ColdTrees.grow(
              ground,
              Math.max(1, Math.min(config.coldTrees(), MOST_TREES / ground.classes.size())),
              config.mostReceivers(),
              limits.seed(),
              stop);
      if (cold != null) {
        search.start(cold);
      }
    }
  }

  private List<TreeShape> shapes(TreeGround ground) {
    double money = ground.problem.problem.objective().cost() > 0 ? 10 : 0;
    boolean[] relays = {false};
    for (boolean relay : ground.problem.relay) {
      relays = relay ? new boolean[] {false, true} : relays;
    }
    List<TreeShape> shapes = new ArrayList<>();
    for (double depthWeight : DEPTH_WEIGHTS) {
      for (boolean relay : relays) {
        for (int trees : config.trees()) {
          if (trees > 1 && trees * ground.classes.size() > MOST_TREES) {
            continue;
          }
          shapes.add(new TreeShape(TreeShape.equal(trees), depthWeight, money, relay));
          if (trees > 2) {
            shapes.add(new TreeShape(TreeShape.halving(trees), depthWeight, money, relay));
          }
        }
      }
    }
    return shapes;
  }
}
