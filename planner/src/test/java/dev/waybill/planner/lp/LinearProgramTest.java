package dev.waybill.planner.lp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearProgramTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void findsTheLeastValueAndTheDuals() {
    try (LinearProgram program = new LinearProgram()) {
      int row = program.addRow(2, INFINITY);
      program.addColumn(3, new int[] {row}, new double[] {1});
      program.addColumn(5, new int[] {row}, new double[] {2});
      LpOutcome.Optimal optimal = (LpOutcome.Optimal) program.solve();
      assertThat(optimal.objective()).isCloseTo(5, within(1e-9));
      assertThat(optimal.values()).containsExactly(new double[] {0, 1}, within(1e-9));
      assertThat(optimal.duals()).containsExactly(new double[] {2.5}, within(1e-9));
    }
  }

  @Test
  void growsByColumnsAndRows() {
    try (LinearProgram program = new LinearProgram()) {
      int row = program.addRow(2, INFINITY);
      int first = program.addColumn(3, new int[] {row}, new double[] {1});
      assertThat(((LpOutcome.Optimal) program.solve()).objective()).isCloseTo(6, within(1e-9));
      program.addColumn(1, new int[] {row}, new double[] {1});
      assertThat(((LpOutcome.Optimal) program.solve()).objective()).isCloseTo(2, within(1e-9));
      program.addRow(1, INFINITY, new int[] {first}, new double[] {1});
      assertThat(((LpOutcome.Optimal) program.solve()).objective()).isCloseTo(4, within(1e-9));
      program.setRow(row, 3, INFINITY);
      assertThat(((LpOutcome.Optimal) program.solve()).objective()).isCloseTo(5, within(1e-9));
    }
  }

  @Test
  void saysWhatEveryEngineSaidWhereThereIsNoSolution() {
    try (LinearProgram program = new LinearProgram()) {
      int row = program.addRow(2, INFINITY);
      program.addColumn(3, new int[] {row}, new double[] {-1});
      assertThat(program.solve())
          .isInstanceOfSatisfying(
              LpOutcome.Failed.class,
              failed -> assertThat(failed.reason()).contains("GLOP").contains("CLP"));
    }
  }
}
