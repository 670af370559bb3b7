package dev.waybill.planner.solve.mip;

import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.mip.Terrain.Arc;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The MIP solver's fluid packing of trees by column generation, and what it proves. With l(T) the
 * share of its class that flows over tree T, and t the makespan,
 *
 * <pre>
 *   minimise  perSecond t + perCost sum of cost(T) l(T)
 *   sum of l(T) over the trees of a class = 1
 *   sum of (edges of T that use r) bytes(class) l(T) &lt;= capacity(r) t     for each resource r
 *   leastSeconds &lt;= t &lt;= mostSeconds
 * </pre>
 *
 * With p(r) the price of a byte through r, trees that are worth adding are the cheapest for money
 * and p; and with v(c) the price of the cheapest of class c, no packing is better than
 *
 * <pre>
 *   sum of v(c) + least over t of (perSecond - sum of p(r) capacity(r)) t
 * </pre>
 *
 * whatever the p. Every schedule is a packing: each block's copies make a tree.
 */
final class Packing {
  /** Engines are that exact. */
  private static final double ROUNDING = 1 - 1e-7;

  /** How many trees each class gets before the first program. */
  private static final int BALANCING = 60;

  /** By how much the price of the resource with the highest load grows. */
  private static final double GROWTH = 0.3;

  private final List<Terrain> terrains;
  private final List<SteinerTrees> trees;
  private final double[] capacity;
  private final Stop stop;
  private final MipConfig config;
  private final List<Column> columns = new ArrayList<>();
  private final List<Set<Set<List<Integer>>>> known = new ArrayList<>();

  /**
   * What came of one goal.
   *
   * @param bound no packing is better, in the units of the goal
   * @param columns those most likely to be of use, the best first
   */
  record Result(double bound, List<Column> columns) {}

  /**
   * What prices have come to.
   *
   * @param least all classes' trees cost that at least; minus infinity where time did not suffice
   * @param trees a cheap one for each class
   */
  private record Priced(double least, List<Column> trees) {}

  Packing(int hosts, List<Terrain> terrains, double[] capacity, MipConfig config, Stop stop) {
    this.terrains = terrains;
    this.capacity = capacity;
    this.config = config;
    this.stop = stop;
    trees = terrains.stream().map(t -> new SteinerTrees(hosts, t, config.engine(), stop)).toList();
    terrains.forEach(t -> known.add(new HashSet<>()));
  }

  /** All trees found so far, for whatever goal. */
  List<Column> columns() {
    return List.copyOf(columns);
  }

  /** The least cost of any schedule; not above 0 where the time did not suffice. */
  double leastCost() {
    return price(1, new double[capacity.length], true).least();
  }

  /**
   * Adds the trees that are the cheapest for money and {@code perByte} of each resource.
   *
   * @param exactly whether they have to be the very cheapest
   */
  private Priced price(double perCost, double[] perByte, boolean exactly) {
    List<Column> cheapestTrees = new ArrayList<>();
    double least = 0;
    for (int t = 0; t < terrains.size(); t++) {
      Terrain terrain = terrains.get(t);
      double[] price = new double[terrain.arcs().size()];
      for (int a = 0; a < price.length; a++) {
        Arc arc = terrain.arcs().get(a);
        double p = perCost * arc.costPerByte();
        for (int r : arc.way()) {
          p += perByte[r];
        }
        price[a] = p * terrain.blocks().bytes();
      }
      SteinerTrees.Cheapest cheapest =
          exactly ? trees.get(t).cheapest(price) : trees.get(t).cheap(price);
      if (cheapest == null) {
        return new Priced(Double.NEGATIVE_INFINITY, List.of());
      }
      least += cheapest.leastPrice();
      Column column = Column.of(t, terrain, cheapest.arcs());
      cheapestTrees.add(column);
      if (known.get(t).add(column.key())) {
        columns.add(column);
      }
    }
    return new Priced(least, cheapestTrees);
  }

  /**
   * Generates trees that are cheap where earlier ones are not, before any program is solved: with
   * prices that grow with load (Garg and Koenemann, Faster and simpler algorithms for
   * multicommodity flow and other fractional packing problems, 2007). Returns the best bound that
   * they prove.
   */
  private double balance(Goal goal, double[] first, double untilSeconds) {
    double[] perByte = first.clone();
    double bound = 0;
    for (int i = 0; i < BALANCING && stop.elapsedSeconds() < untilSeconds; i++) {
      scale(perByte, goal.perSecond());
      Priced priced = price(goal.perCost(), perByte, false);
      bound = Math.max(bound, priced.least());
      double[] load = new double[capacity.length];
      for (Column column : priced.trees()) {
        Tree tree = column.tree();
        for (int k = 0; k < tree.resources.length; k++) {
          int r = tree.resources[k];
          load[r] += tree.uses[k] * (double) tree.blocks.bytes() / capacity[r];
        }
      }
      double most = Arrays.stream(load).max().orElse(0);
      for (int r = 0; r < load.length && most > 0; r++) {
        perByte[r] *= 1 + GROWTH * load[r] / most;
      }
    }
    return bound;
  }

  /** So that all capacities together are worth a second. */
  private void scale(double[] perByte, double perSecond) {
    double sum = 0;
    for (int r = 0; r < perByte.length; r++) {
      sum += perByte[r] * capacity[r];
    }
    for (int r = 0; r < perByte.length; r++) {
      perByte[r] *= perSecond / sum;
    }
  }

  private static double[] mixed(double[] a, double[] b) {
    double[] mixed = new double[a.length];
    Arrays.setAll(mixed, i -> (a[i] + b[i]) / 2);
    return mixed;
  }

  /**
   * Generates trees for {@code goal}.
   *
   * @param untilSeconds of the run, after which it ends
   */
  Result solve(Goal goal, double untilSeconds) {
    double[] perByte = new double[capacity.length];
    Arrays.setAll(perByte, r -> capacity[r] > 0 ? 1 / capacity[r] : 0);
    price(0, perByte, false);
    price(1, new double[capacity.length], false);
    if (terrains.size() > columns.stream().mapToInt(Column::terrain).distinct().count()) {
      return new Result(0, List.of());
    }
    PackingProgram program = new PackingProgram(terrains, capacity, goal, stop);
    double bound = 0;
    int added = 0;
    double[] centre = new double[capacity.length];
    if (goal.perSecond() > 0) {
      scale(perByte, goal.perSecond());
      centre = perByte.clone();
      bound = balance(goal, perByte, untilSeconds);
    }
    boolean exactly = false;
    while (true) {
      for (; added < columns.size(); added++) {
        program.add(columns.get(added));
      }
      if (!program.solve()) {
        break;
      }
      perByte = program.prices();
      double[] asked = exactly ? perByte : mixed(centre, perByte);
      double proven = price(goal.perCost(), asked, exactly).least() + program.leastOfTime(asked);
      if (proven > bound) {
        bound = proven;
        centre = asked;
      }
      boolean close = program.value() - bound <= config.tolerance() * program.value();
      boolean late = stop.elapsedSeconds() > untilSeconds || added >= config.mostColumns();
      boolean nothingNew = added == columns.size();
      if (close || late || (nothingNew && exactly)) {
        break;
      }
      exactly = nothingNew;
    }
    Result result = new Result(bound * ROUNDING, program.best(columns.subList(0, added), perByte));
    program.close();
    return result;
  }
}
