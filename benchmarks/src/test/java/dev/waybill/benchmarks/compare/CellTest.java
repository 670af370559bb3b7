package dev.waybill.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs come to, taken together. */
class CellTest {
  private static RunResult run(long seed, double bound, double... secondsAndScores) {
    List<Found> found =
        java.util.stream.IntStream.range(0, secondsAndScores.length / 2)
            .mapToObj(
                i ->
                    new Found(
                        secondsAndScores[2 * i],
                        secondsAndScores[2 * i + 1],
                        secondsAndScores[2 * i + 1]))
            .toList();
    double score = found.get(found.size() - 1).score();
    Figures figures = new Figures(score, score, 0, 1, bound, bound, "because of " + bound);
    return new RunResult(seed, RunStatus.PLANNED, null, 9, figures, null, found, List.of());
  }

  @Test
  void takesTheMedianTheLeastAndTheMostOfTheRuns() {
    List<RunResult> runs = List.of(run(1, 100, 1, 140), run(2, 100, 1, 110), run(3, 100, 1, 120));
    Cell cell = Cell.of("s", runs, Bounds.NONE.orTighter("s", runs), null);
    assertThat(cell.makespan()).isEqualTo(new Spread(120, 110, 140));
    assertThat(cell.ratio()).isEqualTo(new Spread(1.2, 1.1, 1.4));
    assertThat(cell.medianRun()).isEqualTo(runs.get(2));
    List<RunResult> two = runs.subList(0, 2);
    assertThat(Cell.of("s", two, Bounds.NONE.orTighter("s", two), null).makespan())
        .isEqualTo(new Spread(125, 110, 140));
  }

  @Test
  void measuresAllSolversAgainstTheTightestBoundThatAnyHasProven() {
    List<RunResult> loose = List.of(run(1, 80, 1, 110));
    List<RunResult> tight = List.of(run(1, 100, 1, 130));
    Bounds bounds = Bounds.NONE.orTighter("a", loose).orTighter("b", tight);
    assertThat(bounds.provenBy()).isEqualTo("b");
    assertThat(Cell.of("a", loose, bounds, null).ratio()).isEqualTo(new Spread(1.1, 1.1, 1.1));
    assertThat(Cell.of("a", loose, bounds, null).ownLowerBound()).isEqualTo(new Spread(80, 80, 80));
  }

  @Test
  void saysWhenARunFirstCameCloseAndNothingWhereOneNeverDid() {
    List<RunResult> both =
        List.of(run(1, 100, 1, 150, 2, 105, 3, 104, 4, 100.5), run(2, 100, 0.5, 104, 6, 101.5));
    Cell cell = Cell.of("s", both, Bounds.NONE.orTighter("s", both), null);
    assertThat(cell.firstSeconds()).isEqualTo(new Spread(0.75, 0.5, 1));
    assertThat(cell.within5Seconds()).isEqualTo(new Spread(1.25, 0.5, 2));
    assertThat(cell.within1Seconds()).isNull();
  }

  @Test
  void isPlannedOnlyWhereAllRunsAre() {
    List<RunResult> runs =
        List.of(run(1, 100, 1, 110), RunResult.failed(2, RunStatus.TIMED_OUT, "slow", 30));
    Cell cell = Cell.of("s", runs, Bounds.NONE.orTighter("s", runs), null);
    assertThat(cell.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(cell.reason()).isEqualTo("slow");
    assertThat(cell.plannedRuns()).isEqualTo(1);
    assertThat(cell.makespan()).isEqualTo(new Spread(110, 110, 110));
  }
}
