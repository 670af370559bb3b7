package dev.waybill.benchmarks.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One instance of a comparison with the cells of its solvers. */
public record InstanceResult(InstanceFacts instance, Bounds bounds, List<Cell> cells) {
  public InstanceResult {
    cells = List.copyOf(cells);
  }

  /** The cell with the lowest score, of the median run; the first of several. */
  public Optional<Cell> best() {
    return cells.stream()
        .filter(c -> c.score() != null)
        .min(Comparator.comparingDouble(InstanceResult::score));
  }

  private static double score(Cell cell) {
    Spread score = cell.score();
    return score == null ? Double.POSITIVE_INFINITY : score.median();
  }
}
