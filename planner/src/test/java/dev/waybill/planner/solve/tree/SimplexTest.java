package dev.waybill.planner.solve.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimplexTest {
  @Test
  void findsTheCornerThatIsBest() {
    // x + 2 y <= 4, 3 x + y <= 6: the best of x + y is at (1.6, 1.2).
    double[] x =
        Simplex.maximise(new double[] {1, 1}, new double[][] {{1, 2}, {3, 1}}, new double[] {4, 6});
    assertThat(x).containsExactly(new double[] {1.6, 1.2}, within(1e-12));
  }

  @Test
  void aVariableThatNothingBoundsIsNamed() {
    assertThatThrownBy(
            () -> Simplex.maximise(new double[] {1}, new double[][] {{-1}}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variable 0");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void agreesWithTheBestOfAllCorners(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 3 + random.nextInt(6);
    double[][] a = new double[rows][2];
    double[] b = new double[rows];
    for (int i = 0; i < rows; i++) {
      a[i] = new double[] {0.1 + random.nextDouble(), 0.1 + random.nextDouble()};
      b[i] = random.nextInt(4) == 0 ? 0 : random.nextDouble();
    }
    double[] c = {random.nextDouble(), random.nextDouble()};
    double[] x = Simplex.maximise(c, a, b);
    assertThat(isFeasible(a, b, x)).isTrue();
    assertThat(c[0] * x[0] + c[1] * x[1]).isCloseTo(bestCorner(c, a, b), within(1e-9));
  }

  private static double bestCorner(double[] c, double[][] a, double[] b) {
    double[][] lines = new double[a.length + 2][];
    double[] right = new double[a.length + 2];
    for (int i = 0; i < a.length; i++) {
      lines[i] = a[i];
      right[i] = b[i];
    }
    lines[a.length] = new double[] {1, 0};
    lines[a.length + 1] = new double[] {0, 1};
    double best = 0;
    for (int i = 0; i < lines.length; i++) {
      for (int k = i + 1; k < lines.length; k++) {
        double det = lines[i][0] * lines[k][1] - lines[i][1] * lines[k][0];
        if (Math.abs(det) > 1e-12) {
          double[] x = {
            (right[i] * lines[k][1] - right[k] * lines[i][1]) / det,
            (lines[i][0] * right[k] - lines[k][0] * right[i]) / det
          };
          best = isFeasible(a, b, x) ? Math.max(best, c[0] * x[0] + c[1] * x[1]) : best;
        }
      }
    }
    return best;
  }

  private static boolean isFeasible(double[][] a, double[] b, double[] x) {
    boolean feasible = x[0] >= -1e-9 && x[1] >= -1e-9;
    for (int i = 0; i < a.length; i++) {
      feasible &= a[i][0] * x[0] + a[i][1] * x[1] <= b[i] + 1e-9;
    }
    return feasible;
  }
}
