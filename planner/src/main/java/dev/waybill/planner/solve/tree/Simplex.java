package dev.waybill.planner.solve.tree;

/**
 * A small linear programme of the planner's trees: maximise c x under A x <= b, x >= 0, where b >=
 * 0, so that x = 0 is where to start. Dantzig's simplex method on a condensed tableau, with the
 * largest coefficient entering; after many pivots the smallest index, which can't cycle (Bland, New
 * finite pivoting rules for the simplex method, 1977). For few columns: a pivot takes rows x
 * columns steps.
 */
final class Simplex {
  private static final double EPSILON = 1e-11;

  private final int rows;
  private final int columns;

  /** The last row is the objective, the last column what is on the right. */
  private final double[][] tableau;

  private final int[] basic;
  private final int[] free;

  private Simplex(double[] c, double[][] a, double[] b) {
    rows = a.length;
    columns = c.length;
    tableau = new double[rows + 1][columns + 1];
    basic = new int[rows];
    free = new int[columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(a[i], 0, tableau[i], 0, columns);
      tableau[i][columns] = b[i];
      basic[i] = columns + i;
    }
    for (int j = 0; j < columns; j++) {
      tableau[rows][j] = -c[j];
      free[j] = j;
    }
  }

  /**
   * The best x.
   *
   * @param c about 1 in size, as are the rows
   * @throws IllegalArgumentException where it has no bound
   */
  static double[] maximise(double[] c, double[][] a, double[] b) {
    return new Simplex(c, a, b).solve();
  }

  private double[] solve() {
    int mostLargest = 20 * (columns + 1);
    int most = 50 * (columns + 1) * (columns + 1) + rows;
    for (int pivots = 0; pivots < most; pivots++) {
      int column = entering(pivots > mostLargest);
      if (column == columns) {
        break;
      }
      pivot(leaving(column), column);
    }
    double[] x = new double[columns];
    for (int i = 0; i < rows; i++) {
      if (basic[i] < columns) {
        x[basic[i]] = Math.max(0, tableau[i][columns]);
      }
    }
    return x;
  }

  /** The column to enter, or the number of columns where none improves. */
  private int entering(boolean smallestIndex) {
    int best = columns;
    for (int j = 0; j < columns; j++) {
      double d = tableau[rows][j];
      boolean improves = d < -EPSILON;
      if (improves
          && (best == columns
              || (smallestIndex ? free[j] < free[best] : d < tableau[rows][best]))) {
        best = j;
      }
    }
    return best;
  }

  private int leaving(int column) {
    int best = rows;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rows; i++) {
      double by = tableau[i][column];
      if (by > EPSILON) {
        double ratio = tableau[i][columns] / by;
        if (ratio < least || (ratio == least && basic[i] < basic[best])) {
          least = ratio;
          best = i;
        }
      }
    }
    if (best == rows) {
      throw new IllegalArgumentException("nothing bounds variable " + free[column]);
    }
    return best;
  }

  private void pivot(int row, int column) {
    double[] r = tableau[row];
    double by = r[column];
    for (int j = 0; j <= columns; j++) {
      r[j] /= by;
    }
    r[column] = 1 / by;
    for (int i = 0; i <= rows; i++) {
      double factor = tableau[i][column];
      if (i != row && factor != 0) {
        double[] t = tableau[i];
        for (int j = 0; j <= columns; j++) {
          t[j] -= factor * r[j];
        }
        t[column] = -factor / by;
      }
    }
    for (int i = 0; i < rows; i++) {
      // Rounding may leave a right side just below 0.
      tableau[i][columns] = Math.max(0, tableau[i][columns]);
    }
    int leaves = basic[row];
    basic[row] = free[column];
    free[column] = leaves;
  }
}
