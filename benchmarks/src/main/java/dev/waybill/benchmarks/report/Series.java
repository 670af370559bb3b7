package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.BenchResult;
import dev.waybill.benchmarks.compare.SolverSummary;
import java.util.List;

/** The solvers of a comparison in the order of their colours, the same in all charts. */
record Series(List<String> solvers) {
  static Series of(BenchResult result) {
    return new Series(result.solvers().stream().map(SolverSummary::solver).toList());
  }

  int of(String solver) {
    return Math.max(0, solvers.indexOf(solver));
  }

  /** Its name with its colour, as markup. */
  String chip(String solver) {
    Svg mark = new Svg();
    Palette.mark(mark, of(solver), 6, 6, solver);
    return mark.drawn(12, 12, solver).strip() + " <b>" + Svg.escaped(solver) + "</b>";
  }
}
