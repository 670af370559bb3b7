package dev.waybill.planner.solve.mip;

import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The linear program of {@link Packing} with the trees that there are so far. Time is counted in
 * the least makespan, and rows are scaled by capacity.
 */
final class PackingProgram {
  /** What time beyond the budget costs, relative to all else. */
  private static final double FORBIDDEN = 1e4;

  private static final double ROUNDING = 1e-9;
  private static final int MOST_CHOICES = 60;

  private final List<Terrain> terrains;
  private final double[] capacity;
  private final Goal goal;
  private final Program program;
  private final double seconds;
  private final int time;
  private final int beyond;
  private final int[] wholeRow;
  private final int[] resourceRow;
  private double scale;

  PackingProgram(List<Terrain> terrains, double[] capacity, Goal goal, Stop stop) {
    this.terrains = terrains;
    this.capacity = capacity;
    this.goal = goal;
    program = new Program("GLOP", stop);
    seconds = goal.leastSeconds() > 0 ? goal.leastSeconds() : 1;
    time = program.column(0, Double.POSITIVE_INFINITY, false);
    beyond = program.column(FORBIDDEN, Double.POSITIVE_INFINITY, false);
    int budget = program.row(goal.leastSeconds() / seconds, goal.mostSeconds() / seconds);
    program.set(budget, time, 1);
    program.set(budget, beyond, -1);
    wholeRow = terrains.stream().mapToInt(t -> program.row(1, 1)).toArray();
    resourceRow = new int[capacity.length];
    Arrays.fill(resourceRow, -1);
  }

  void add(Column column) {
    if (scale == 0) {
      double first = goal.perSecond() * seconds + goal.perCost() * column.cost();
      scale = first > 0 ? first : 1;
      program.cost(time, goal.perSecond() * seconds / scale);
    }
    int share =
        program.column(goal.perCost() * column.cost() / scale, Double.POSITIVE_INFINITY, false);
    program.set(wholeRow[column.terrain()], share, 1);
    Tree tree = column.tree();
    for (int i = 0; i < tree.resources.length; i++) {
      int r = tree.resources[i];
      if (resourceRow[r] < 0) {
        resourceRow[r] = program.row(Double.NEGATIVE_INFINITY, 0);
        program.set(resourceRow[r], time, -1);
      }
      double load = tree.uses[i] * (double) tree.blocks.bytes() / (capacity[r] * seconds);
      program.set(resourceRow[r], share, load);
    }
  }

  /** Returns whether it has a solution. */
  boolean solve() {
    return program.solve(1, Program.NO_GAP) == Program.Outcome.OPTIMAL;
  }

  /** Of the packing, in the units of the goal. */
  double value() {
    return program.objective() * scale;
  }

  /** What a byte through each resource is worth, in the units of the goal. */
  double[] prices() {
    double[] prices = new double[capacity.length];
    double sum = 0;
    for (int r = 0; r < prices.length; r++) {
      if (resourceRow[r] >= 0) {
        double dual = Math.max(0, -program.dual(resourceRow[r]));
        prices[r] = dual * scale / (capacity[r] * seconds);
        sum += prices[r] * capacity[r];
      }
    }
    if (Double.isInfinite(goal.mostSeconds()) && sum > goal.perSecond()) {
      for (int r = 0; r < prices.length; r++) {
        prices[r] *= goal.perSecond() / sum;
      }
    }
    return prices;
  }

  /** The least over t of (perSecond - sum of p(r) capacity(r)) t. */
  double leastOfTime(double[] prices) {
    double sum = 0;
    for (int r = 0; r < prices.length; r++) {
      sum += prices[r] * capacity[r];
    }
    double net = goal.perSecond() - sum;
    if (net >= -ROUNDING * goal.perSecond()) {
      return Math.max(0, net) * goal.leastSeconds();
    }
    return net * goal.mostSeconds();
  }

  /** Of {@code columns}, those that are the cheapest by the prices, the cheapest first. */
  List<Column> best(List<Column> columns, double[] prices) {
    double[] price = new double[columns.size()];
    for (int k = 0; k < price.length; k++) {
      Tree tree = columns.get(k).tree();
      price[k] = goal.perCost() * columns.get(k).cost();
      for (int i = 0; i < tree.resources.length; i++) {
        price[k] += prices[tree.resources[i]] * tree.uses[i] * tree.blocks.bytes();
      }
    }
    List<Column> best = new ArrayList<>();
    for (int t = 0; t < terrains.size(); t++) {
      int terrain = t;
      List<Integer> of = new ArrayList<>();
      for (int k = 0; k < price.length; k++) {
        if (columns.get(k).terrain() == terrain) {
          of.add(k);
        }
      }
      of.stream()
          .sorted(Comparator.comparingDouble(k -> price[k]))
          .limit(Math.max(2, MOST_CHOICES / terrains.size()))
          .forEach(k -> best.add(columns.get(k)));
    }
    return best;
  }

  void close() {
    program.close();
  }
}
