package dev.waybill.planner.packing;

import dev.waybill.planner.lp.LinearProgram;
import dev.waybill.planner.lp.LpOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The linear program over the trees that a packing's column generation has made so far: minimise T,
 * each constraint carrying at most capacity * T less what copies in progress take of it.
 *
 * <p>Everything is scaled to order 1: a column by its commodity's bytes, a row by its capacity, T
 * by what the first trees alone would need. Rows come in once a tree uses them.
 */
final class MasterProgram implements AutoCloseable {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double TOLERANCE = 1e-9;

  private final List<Row> rows;
  private final List<Commodity> commodities;
  private final List<Column> columns;
  private final LinearProgram program = new LinearProgram();
  private final double scale;
  private final int time;
  private final int[] carried;
  private final int[] rowOf;
  private final List<Integer> used = new ArrayList<>();
  private double[] loads;
  private int added;
  private int entries;
  private LpOutcome.Optimal solution;

  /**
   * @param columns trees, at first one for each commodity; more may be added at its end
   */
  MasterProgram(List<Row> rows, List<Commodity> commodities, List<Column> columns) {
    this.rows = rows;
    this.commodities = commodities;
    this.columns = columns;
    loads = new double[rows.size()];
    rowOf = new int[rows.size()];
    Arrays.fill(rowOf, -1);
    scale = secondsOfFirst();
    time = program.addColumn(1, new int[0], new double[0]);
    carried = new int[commodities.size()];
    for (int c = 0; c < carried.length; c++) {
      carried[c] = program.addRow(1, 1);
    }
    addNew();
    double[] first = new double[columns.size() + 1];
    Arrays.fill(first, 1);
    first[time] = 1;
    solution = new LpOutcome.Optimal(1, first, new double[0]);
  }

  /** What the first trees need together. */
  private double secondsOfFirst() {
    double[] bytes = new double[rows.size()];
    for (Column c : columns) {
      for (int i = 0; i < c.rows().length; i++) {
        bytes[c.rows()[i]] += c.uses()[i] * commodities.get(c.commodity()).bytes();
      }
    }
    double seconds = 0;
    for (int r = 0; r < bytes.length; r++) {
      seconds = Math.max(seconds, bytes[r] == 0 ? 0 : bytes[r] / rows.get(r).capacity());
    }
    return seconds > 0 ? seconds : 1;
  }

  /** Bytes that copies in progress carry, by constraint. */
  void setLoads(double[] bytes) {
    loads = bytes;
    for (int r : used) {
      program.setRow(rowOf[r], -INFINITY, limit(r));
    }
  }

  private double limit(int row) {
    return -loads[row] / (rows.get(row).capacity() * scale);
  }

  /** Takes in the columns that have been added to the list. */
  void addNew() {
    for (; added < columns.size(); added++) {
      Column c = columns.get(added);
      double bytes = commodities.get(c.commodity()).bytes();
      int[] in = new int[c.rows().length + 1];
      double[] coefficients = new double[in.length];
      for (int i = 0; i < c.rows().length; i++) {
        int r = c.rows()[i];
        if (rowOf[r] < 0) {
          rowOf[r] = program.addRow(-INFINITY, limit(r), new int[] {time}, new double[] {-1});
          used.add(r);
        }
        in[i] = rowOf[r];
        coefficients[i] = c.uses()[i] * bytes / (rows.get(r).capacity() * scale);
      }
      in[c.rows().length] = carried[c.commodity()];
      coefficients[c.rows().length] = 1;
      program.addColumn(0, in, coefficients);
      entries += in.length;
    }
  }

  /** How many entries its matrix has. */
  int entries() {
    return entries;
  }

  /** Solves it; where that fails, the last solution stays. */
  LpOutcome solve() {
    LpOutcome outcome = program.solve();
    if (outcome instanceof LpOutcome.Optimal optimal) {
      solution = optimal;
    }
    return outcome;
  }

  /** The least T over the trees so far. */
  double seconds() {
    return solution.values()[time] * scale;
  }

  /** By constraint, the price of a byte, so that the sum of price * capacity is 1. */
  double[] prices() {
    double[] prices = new double[rows.size()];
    double sum = 0;
    for (int r : used) {
      double dual = Math.max(0, -solution.duals()[rowOf[r]]);
      prices[r] = dual / rows.get(r).capacity();
      sum += dual;
    }
    for (int r : used) {
      prices[r] /= sum > 0 ? sum : 1;
    }
    return prices;
  }

  /**
   * The lower bound on T over all trees that {@code prices} prove where these cost {@code demand}
   * altogether.
   */
  double bound(double demand, double[] prices) {
    double sum = demand;
    double capacity = 0;
    for (int r = 0; r < prices.length; r++) {
      sum += prices[r] * loads[r];
      capacity += prices[r] * rows.get(r).capacity();
    }
    return sum / capacity;
  }

  /** Whether T can fall if {@code column} is let in. */
  boolean improves(Column column, double[] prices) {
    double bytes = commodities.get(column.commodity()).bytes();
    double worth = solution.duals()[carried[column.commodity()]];
    return column.cost(prices) * bytes / scale < worth * (1 - TOLERANCE);
  }

  /** By column, the share of its commodity that it carries; as many as were there when solved. */
  List<Double> shares() {
    return Arrays.stream(solution.values()).skip(time + 1).boxed().toList();
  }

  @Override
  public void close() {
    program.close();
  }
}
