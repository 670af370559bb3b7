package dev.waybill.planner.solve.optaplanner;

import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.tree.Tree;
import dev.waybill.planner.solve.tree.TreeGround;
import dev.waybill.planner.solve.tree.TreePlan;
import dev.waybill.planner.solve.tree.TreeRates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.solver.Solver;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;

/**
 * Improves trees in rounds, for the planner's OptaPlanner solver. In a round the rates stay as they
 * are and OptaPlanner rewires the trees; then the rates are chosen anew, and trees that aren't
 * worth having go. The start with the best trees so far has the next round, unless it has got no
 * better for some rounds.
 */
final class TreeSearch {
  private static final double MOST_SECONDS = 1e6;
  private static final double LEAST_SECONDS = 0.03;
  private static final double BETTER = 1 - 1e-6;

  private static final long WAIT_MILLIS = 10;

  private final OptaPlannerConfig config;
  private final Future<SolverConfig> solverConfig;
  private final TreeGround ground;
  private final SolveLimits limits;
  private final Stop stop;
  private final Incumbent incumbent;
  private List<Start> starts = new ArrayList<>();
  private double least = Double.POSITIVE_INFINITY;
  private double secondsToOffer;
  private int rounds;

  /** Trees on their way to better ones. */
  private static final class Start {
    private List<Tree> trees;

    /** How many receivers its hosts have too many. */
    private int excess;

    private double score;
    private int rounds;
    private int idle;

    Start(List<Tree> trees, int excess, double score) {
      this.trees = trees;
      this.excess = excess;
      this.score = score;
    }

    boolean isBehind(int otherExcess, double otherScore) {
      return otherExcess < excess || (otherExcess == excess && otherScore < score * BETTER);
    }
  }

  TreeSearch(
      OptaPlannerConfig config,
      Future<SolverConfig> solverConfig,
      TreeGround ground,
      SolveLimits limits,
      Stop stop,
      Incumbent incumbent) {
    this.config = config;
    this.solverConfig = solverConfig;
    this.ground = ground;
    this.limits = limits;
    this.stop = stop;
    this.incumbent = incumbent;
  }

  /** Takes trees for all classes of the ground as a start. */
  void start(List<Tree> trees) {
    List<Tree> best = TreeRates.best(ground, trees, this::score);
    Start start = new Start(best, excess(best), score(best));
    if (start.excess == 0 && start.score < least) {
      least = start.score;
      offer(start);
    }
    if (places(best) > 1 && places(best) <= config.mostPlaces()) {
      starts.add(start);
    }
  }

  /** The score of the best trees so far; infinite as long as there are none. */
  double least() {
    return least;
  }

  /** Whether there is a start that breaks no rule. */
  boolean hasStart() {
    return least < Double.POSITIVE_INFINITY;
  }

  /** Improves the best of the starts until the search has to stop, or they get no better. */
  void improve() {
    SolverConfig moves = starts.isEmpty() ? null : moves();
    if (moves == null) {
      return;
    }
    starts.sort(Comparator.comparingDouble((Start s) -> s.excess).thenComparing(s -> s.score));
    starts = new ArrayList<>(starts.subList(0, Math.min(config.starts(), starts.size())));
    while (!starts.isEmpty() && !incumbent.done() && stop.leftSeconds() > secondsAfterwards()) {
      Start next = starts.get(0);
      for (Start s : starts) {
        next = next.isBehind(s.excess, s.score) ? s : next;
      }
      improve(moves, next);
      if (next.idle >= config.idleRounds()) {
        starts.remove(next);
      }
    }
  }

  private void improve(SolverConfig moves, Start start) {
    double sharpness = config.sharpness().get(start.rounds % config.sharpness().size());
    start.rounds++;
    Solver<Forest> solver = solver(moves, places(start.trees));
    Runnable pulse =
        () -> {
          if (stop.now()) {
            solver.terminateEarly();
          }
        };
    Terrain terrain = new Terrain(ground, start.trees, config, sharpness, pulse);
    Forest found = solver.solve(terrain.plant(start.trees));
    start.idle++;
    List<Tree> trees = TreeRates.best(ground, Harvest.of(found, start.trees), this::score);
    int excess = excess(trees);
    double score = score(trees);
    if (start.isBehind(excess, score)) {
      start.trees = trees;
      start.excess = excess;
      start.score = score;
      start.idle = 0;
      offer(start);
    }
  }

  /** How OptaPlanner moves, once that has been read; null where time is over before. */
  private @Nullable SolverConfig moves() {
    while (!stop.now()) {
      try {
        return solverConfig.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Reading goes on.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      } catch (ExecutionException e) {
        throw new IllegalStateException("optaplanner.xml can't be read", e);
      }
    }
    return null;
  }

  /** What a round needs beside its moves. */
  private double secondsAfterwards() {
    return LEAST_SECONDS + 2 * secondsToOffer;
  }

  private Solver<Forest> solver(SolverConfig moves, int places) {
    long most =
        Math.min(
            config.mostMoves(),
            Math.max(config.leastMoves(), (long) config.movesPerPlace() * places));
    double left = Math.max(0, stop.leftSeconds() - secondsAfterwards());
    SolverConfig solverConfig =
        new SolverConfig(moves)
            .withRandomSeed(limits.seed() + rounds++)
            .withTerminationConfig(
                new TerminationConfig()
                    .withScoreCalculationCountLimit(most)
                    .withSpentLimit(
                        Duration.ofMillis((long) (1e3 * Math.min(left, MOST_SECONDS)))));

    return SolverFactory.<Forest>create(solverConfig).buildSolver();
  }

  private int places(List<Tree> trees) {
    return trees.stream().mapToInt(t -> t.edges.size()).sum();
  }

  private void offer(Start start) {
    if (start.excess == 0) {
      double before = stop.elapsedSeconds();
      incumbent.offer(new TreePlan(ground, start.trees).copies());
      secondsToOffer = stop.elapsedSeconds() - before;
    }
  }

  private int excess(List<Tree> trees) {
    int most = config.mostReceivers();
    Map<Integer, Integer> receivers = new HashMap<>();
    trees.forEach(t -> t.edges.forEach(e -> receivers.merge(e.from(), 1, Integer::sum)));
    return receivers.values().stream().mapToInt(n -> Math.max(0, n - most)).sum();
  }

  private double score(List<Tree> trees) {
    return new TreePlan(ground, trees).score();
  }
}
