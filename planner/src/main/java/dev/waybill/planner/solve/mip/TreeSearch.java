package dev.waybill.planner.solve.mip;

import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.tree.Capacity;
import dev.waybill.planner.solve.tree.Tree;
import dev.waybill.planner.solve.tree.TreePlan;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The MIP solver's work on one problem: trees generated for a goal, few of them chosen, and turned
 * into copies. Trees are kept from goal to goal. The natives have to be loaded.
 */
final class TreeSearch {
  /** By what share two trees' costs may differ to be the same. */
  private static final double SAME_COST = 1e-9;

  /** What time is worth, relative to all money, where it only has to be within a budget. */
  private static final double LITTLE = 1e-6;

  private static final double MOST_SECONDS = 1e9;

  /** What all time is worth, relative to the least cost, where cost alone counts. */
  private static final double TIME_FOR_MONEY = 1e-3;

  private final IndexedProblem problem;
  private final List<Terrain> terrains;
  private final double[] capacity;
  private final MipConfig config;
  private final Stop stop;
  private final Packing packing;
  private final double leastSeconds;

  TreeSearch(
      IndexedProblem problem,
      List<Terrain> terrains,
      double leastSeconds,
      MipConfig config,
      Stop stop) {
    this.problem = problem;
    this.terrains = terrains;
    this.capacity = Capacity.beside(problem);
    this.config = config;
    this.stop = stop;
    this.leastSeconds = leastSeconds;
    packing = new Packing(problem.hosts(), terrains, capacity, config, stop);
  }

  /**
   * When work on one goal has to end.
   *
   * @param packingUntil seconds since the run began: no more trees are generated
   * @param until seconds since the run began
   */
  record Span(double packingUntil, double until) {
    /** A share of the time that is left, of which a share is for generating trees. */
    static Span of(Stop stop, double share, double packingShare) {
      double seconds = share * Math.min(MOST_SECONDS, stop.leftSeconds());
      double now = stop.elapsedSeconds();
      return new Span(now + packingShare * seconds, now + seconds);
    }
  }

  /** Where trees of each class may run. */
  static List<Terrain> terrains(IndexedProblem problem) {
    double[] capacity = Capacity.beside(problem);
    List<BlockClass> classes = BlockClass.of(problem);
    double bytes = classes.stream().mapToDouble(BlockClass::bytes).sum();
    return classes.stream().map(c -> Terrain.of(problem, c, capacity, bytes)).toList();
  }

  /** Whether what is proven about packings holds for every schedule. */
  boolean provesAll() {
    return terrains.stream().allMatch(Terrain::complete);
  }

  /** The least cost of any schedule; not above 0 where the time did not suffice. */
  double leastCost() {
    return packing.leastCost();
  }

  /**
   * Plans for makespan and cost together.
   *
   * @param plans is given the copies of one plan after the other
   * @param enough whether no more plans are wanted
   * @return what no packing is better than, in the units of the goal
   */
  double plan(Goal goal, Span span, Consumer<List<Copy>> plans, BooleanSupplier enough) {
    Packing.Result result = packing.solve(goal, span.packingUntil());
    double money = result.columns().stream().mapToDouble(Column::cost).max().orElse(0);
    double perSecond = LITTLE * goal.perCost() * money / Math.max(LITTLE, leastSeconds);
    Goal soon =
        new Goal(
            Math.max(goal.perSecond(), perSecond),
            goal.perCost(),
            goal.leastSeconds(),
            goal.mostSeconds());
    choose(result.columns(), soon, span, plans, enough);
    return result.bound();
  }

  /** Plans at the least cost, as fast as that allows. */
  void planCheapest(
      double leastCost, Span span, Consumer<List<Copy>> plans, BooleanSupplier enough) {
    double perCost = leastCost > 0 ? leastSeconds / (TIME_FOR_MONEY * leastCost) : 1;
    Goal both = new Goal(1, perCost, leastSeconds, Double.POSITIVE_INFINITY);
    Goal time = new Goal(1, 0, leastSeconds, Double.POSITIVE_INFINITY);
    choose(cheapest(packing.columns()), time, span, plans, enough);
    if (enough.getAsBoolean()) {
      return;
    }
    choose(cheapest(packing.solve(both, span.packingUntil()).columns()), time, span, plans, enough);
  }

  /** Those that cost no more than the cheapest of their class. */
  private List<Column> cheapest(List<Column> columns) {
    double[] least = new double[terrains.size()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    columns.forEach(c -> least[c.terrain()] = Math.min(least[c.terrain()], c.cost()));
    return columns.stream().filter(c -> c.cost() <= least[c.terrain()] * (1 + SAME_COST)).toList();
  }

  private void choose(
      List<Column> columns,
      Goal goal,
      Span span,
      Consumer<List<Copy>> plans,
      BooleanSupplier enough) {
    if (columns.isEmpty() || enough.getAsBoolean()) {
      return;
    }
    TreeChoice choice = new TreeChoice(problem, capacity, config, stop);
    long mostOfAClass = mostOfAClass(columns);
    int tries = config.trees().size();
    for (int i = 0; i < tries && !enough.getAsBoolean(); i++) {
      double left = Math.min(1, (span.until() - stop.elapsedSeconds()) / stop.leftSeconds());
      double share = Math.max(0, left) / (tries - i);
      int most = config.trees().get(i);
      List<Tree> trees = choice.choose(columns, terrains.size(), goal, most, share);
      if (!trees.isEmpty()) {
        plans.accept(new TreePlan(problem, trees).copies());
      }
      if (most >= mostOfAClass) {
        return;
      }
    }
  }

  private static long mostOfAClass(List<Column> columns) {
    return columns.stream()
        .collect(Collectors.groupingBy(Column::terrain, Collectors.counting()))
        .values()
        .stream()
        .mapToLong(n -> n)
        .max()
        .orElse(0);
  }
}
