package dev.waybill.planner.solve.mip;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.tree.Capacity;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * The MIP solver's choice of few trees, and of how much flows over each, as an integer program.
 * Over a tree T of d(T) levels with the share l(T) of its class, at its one rate, flow bytes l(T) +
 * (d(T) - 1) blockSize in the makespan t: the pipeline has to fill. With u(T) = 1 where T is used,
 *
 * <pre>
 *   minimise  perSecond t + perCost sum of cost(T) l(T)
 *   sum of l(T) over the trees of a class = 1,   l(T) &lt;= u(T)
 *   sum of u(T) over the trees of a class &lt;= most
 *   sum of (edges of T that use r) (bytes l(T) + (d(T) - 1) blockSize u(T)) &lt;= capacity(r) t
 *   t &lt;= mostSeconds
 * </pre>
 */
final class TreeChoice {
  private static final double NOTHING = 1e-7;

  private final IndexedProblem problem;
  private final double[] capacity;
  private final MipConfig config;
  private final Stop stop;

  TreeChoice(IndexedProblem problem, double[] capacity, MipConfig config, Stop stop) {
    this.problem = problem;
    this.capacity = capacity;
    this.config = config;
    this.stop = stop;
  }

  /**
   * The best choice of at most {@code most} trees a class, at the rates that make them end
   * together; none where there is none, or the time did not suffice.
   *
   * @param share of the time that is left
   */
  List<Tree> choose(List<Column> columns, int classes, Goal goal, int most, double share) {
    Program program = new Program(config.engine(), stop);
    double unit = goal.leastSeconds() > 0 ? goal.leastSeconds() : 1;
    double scale = scale(columns, goal, unit);
    int time = program.column(goal.perSecond() * unit / scale, goal.mostSeconds() / unit, false);
    int[] whole = new int[classes];
    int[] number = new int[classes];
    for (int c = 0; c < classes; c++) {
      whole[c] = program.row(1, 1);
      number[c] = program.row(0, most);
    }
    int[] rows = new int[capacity.length];
    int[] flows = new int[columns.size()];
    for (int k = 0; k < flows.length; k++) {
      Column column = columns.get(k);
      flows[k] = program.column(goal.perCost() * column.cost() / scale, 1, false);
      int used = program.column(0, 1, true);
      program.set(whole[column.terrain()], flows[k], 1);
      program.set(number[column.terrain()], used, 1);
      int only = program.row(Double.NEGATIVE_INFINITY, 0);
      program.set(only, flows[k], 1);
      program.set(only, used, -1);
      Tree tree = column.tree();
      for (int i = 0; i < tree.resources.length; i++) {
        int r = tree.resources[i];
        if (rows[r] == 0) {
          rows[r] = 1 + program.row(Double.NEGATIVE_INFINITY, 0);
          program.set(rows[r] - 1, time, -1);
        }
        double perByte = tree.uses[i] / (capacity[r] * unit);
        program.set(rows[r] - 1, flows[k], perByte * tree.blocks.bytes());
        program.set(rows[r] - 1, used, perByte * fill(tree));
      }
    }
    Program.Outcome outcome = program.solve(share, config.choiceGap());
    if (outcome != Program.Outcome.OPTIMAL && outcome != Program.Outcome.FEASIBLE) {
      return List.of();
    }
    List<Tree> trees = new ArrayList<>();
    for (int k = 0; k < flows.length; k++) {
      double flow = program.value(flows[k]);
      if (flow > NOTHING) {
        Tree tree = columns.get(k).tree();
        trees.add(tree.withRate(flow * tree.blocks.bytes() + fill(tree)));
      }
    }
    program.close();
    return Capacity.raised(trees, capacity);
  }

  private static double scale(List<Column> columns, Goal goal, double unit) {
    double money = columns.stream().mapToDouble(Column::cost).max().orElse(0);
    double scale = goal.perSecond() * unit + goal.perCost() * money;
    return scale > 0 ? scale : 1;
  }

  /** Bytes that a tree's pipeline takes to fill. */
  private double fill(Tree tree) {
    long block = problem.layouts[tree.blocks.file()].blockSize();
    return (tree.depth() - 1) * (double) Math.min(block, tree.blocks.bytes());
  }
}
