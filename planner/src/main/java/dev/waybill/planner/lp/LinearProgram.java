package dev.waybill.planner.lp;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A linear program of the planner that can grow: minimise c x subject to lower &lt;= A x &lt;=
 * upper and x &gt;= 0. It is solved with GLOP of OR-Tools, and where that fails with CLP.
 *
 * <p>Engines fail on rows whose coefficients are of very different sizes, and then hand out zeros
 * as a solution: callers scale rows and columns to coefficients of order 1, and every answer's
 * status is checked here. For one thread. To be closed: it holds native memory.
 */
public final class LinearProgram implements AutoCloseable {
  private static final String[] ENGINES = {"GLOP", "CLP"};

  private final List<Row> rows = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private @Nullable Model model;

  /**
   * @param in columns that were there before the row, and are in it
   * @param coefficients its coefficient in each
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  private record Row(double lower, double upper, int[] in, double[] coefficients) {}

  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  private record Column(double cost, int[] rows, double[] coefficients) {}

  /** Adds a row and returns its index; either bound may be infinite. */
  public int addRow(double lower, double upper) {
    return addRow(lower, upper, new int[0], new double[0]);
  }

  /**
   * Adds a row that columns which are there already are in, and returns its index.
   *
   * @param in indices of columns, distinct
   * @param coefficients its coefficient in each
   */
  public int addRow(double lower, double upper, int[] in, double[] coefficients) {
    Row row = new Row(lower, upper, in.clone(), coefficients.clone());
    rows.add(row);
    if (model != null) {
      model.add(row);
    }
    return rows.size() - 1;
  }

  /** Gives a row other bounds. */
  public void setRow(int index, double lower, double upper) {
    Row row = rows.get(index);
    rows.set(index, new Row(lower, upper, row.in, row.coefficients));
    if (model != null) {
      model.rows.get(index).setBounds(lower, upper);
    }
  }

  /**
   * Adds a column and returns its index.
   *
   * @param cost of a unit
   * @param in indices of the rows that it is in, distinct
   * @param coefficients its coefficient in each
   */
  public int addColumn(double cost, int[] in, double[] coefficients) {
    Column column = new Column(cost, in.clone(), coefficients.clone());
    columns.add(column);
    if (model != null) {
      model.add(column);
    }
    return columns.size() - 1;
  }

  public int columns() {
    return columns.size();
  }

  /** Solves it as it stands now. */
  public LpOutcome solve() {
    StringBuilder reasons = new StringBuilder();
    if (model != null) {
      LpOutcome outcome = model.solve();
      if (outcome instanceof LpOutcome.Optimal) {
        return outcome;
      }
    }
    for (String engine : ENGINES) {
      if (model != null) {
        model.close();
      }
      model = new Model(engine, rows, columns);
      LpOutcome outcome = model.solve();
      if (outcome instanceof LpOutcome.Failed failed) {
        reasons.append(reasons.isEmpty() ? "" : ", ").append(failed.reason());
      } else {
        return outcome;
      }
    }
    return new LpOutcome.Failed(reasons.toString());
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }

  /** The program in the memory of one engine. */
  private static final class Model {
    private final String engine;
    private final MPSolver solver;
    final List<MPConstraint> rows = new ArrayList<>();
    private final List<MPVariable> columns = new ArrayList<>();

    Model(String engine, List<Row> rows, List<Column> columns) {
      OrTools.load();
      this.engine = engine;
      MPSolver created = MPSolver.createSolver(engine);
      if (created == null) {
        throw new IllegalStateException("this OR-Tools has no " + engine);
      }
      solver = created;
      solver.objective().setMinimization();
      rows.forEach(r -> this.rows.add(solver.makeConstraint(r.lower, r.upper)));
      columns.forEach(this::add);
      for (int r = 0; r < rows.size(); r++) {
        fill(this.rows.get(r), rows.get(r));
      }
    }

    void add(Row row) {
      MPConstraint added = solver.makeConstraint(row.lower, row.upper);
      rows.add(added);
      fill(added, row);
    }

    private void fill(MPConstraint constraint, Row row) {
      for (int i = 0; i < row.in.length; i++) {
        constraint.setCoefficient(columns.get(row.in[i]), row.coefficients[i]);
      }
    }

    void add(Column column) {
      MPVariable x = solver.makeNumVar(0, MPSolver.infinity(), "");
      columns.add(x);
      solver.objective().setCoefficient(x, column.cost);
      for (int i = 0; i < column.rows.length; i++) {
        rows.get(column.rows[i]).setCoefficient(x, column.coefficients[i]);
      }
    }

    LpOutcome solve() {
      MPSolver.ResultStatus status = solver.solve();
      if (status != MPSolver.ResultStatus.OPTIMAL) {
        return new LpOutcome.Failed(engine + " " + status);
      }
      return new LpOutcome.Optimal(
          solver.objective().value(),
          columns.stream().mapToDouble(MPVariable::solutionValue).toArray(),
          rows.stream().mapToDouble(MPConstraint::dualValue).toArray());
    }

    void close() {
      solver.delete();
    }
  }
}
