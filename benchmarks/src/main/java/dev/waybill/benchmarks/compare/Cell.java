package dev.waybill.benchmarks.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One solver on one instance of a comparison, over all runs. The figures are over the runs that
 * have a schedule; null where none has, or where a run of them lacks the figure.
 *
 * @param status of the runs: planned where all are, else that of the first which isn't
 * @param reason what stands behind a status other than planned
 * @param plannedRuns how many of the runs have a schedule
 * @param makespan seconds
 * @param ownLowerBound seconds; what this solver has proven itself
 * @param ratio makespan / the instance's lower bound
 * @param scoreRatio score / the instance's bound of the score
 * @param solveSeconds how long the solver took
 * @param firstSeconds until its first schedule
 * @param within5Seconds until its first schedule with a score within 5 % of the bound of the score
 * @param within1Seconds within 1 %
 * @param memoryBytes at the peak
 * @param memoryKind what was measured
 * @param schedule the file with the schedule of the median run, relative to the report's folder
 */
public record Cell(
    String solver,
    RunStatus status,
    @Nullable String reason,
    int plannedRuns,
    @Nullable Spread makespan,
    @Nullable Spread ownLowerBound,
    @Nullable Spread ratio,
    @Nullable Spread score,
    @Nullable Spread scoreRatio,
    @Nullable Spread cost,
    @Nullable Spread copies,
    @Nullable Spread solveSeconds,
    @Nullable Spread firstSeconds,
    @Nullable Spread within5Seconds,
    @Nullable Spread within1Seconds,
    @Nullable Spread memoryBytes,
    Memory.@Nullable Kind memoryKind,
    @Nullable String schedule,
    List<RunResult> runs) {
  public Cell {
    runs = List.copyOf(runs);
  }

  private record Planned(RunResult run, Figures figures) {}

  private static List<Planned> planned(List<RunResult> runs) {
    List<Planned> out = new ArrayList<>();
    for (RunResult run : runs) {
      Figures figures = run.figures();
      if (figures != null) {
        out.add(new Planned(run, figures));
      }
    }
    return out;
  }

  /** The cell of these runs, of which there is at least one. */
  static Cell of(String solver, List<RunResult> runs, Bounds bounds, @Nullable String schedule) {
    RunResult worst =
        runs.stream().filter(r -> r.status() != RunStatus.PLANNED).findFirst().orElse(runs.get(0));
    List<Planned> planned = planned(runs);
    List<Memory> memories = runs.stream().map(RunResult::memory).filter(Objects::nonNull).toList();
    return new Cell(
        solver,
        worst.status(),
        worst.reason(),
        planned.size(),
        Spread.ofAll(planned, p -> p.figures.makespan()),
        Spread.ofAll(planned, p -> p.figures.lowerBound()),
        Spread.ofAll(planned, p -> bounds.ratio(p.figures.makespan())),
        Spread.ofAll(planned, p -> p.figures.score()),
        Spread.ofAll(planned, p -> bounds.scoreRatio(p.figures.score())),
        Spread.ofAll(planned, p -> p.figures.cost()),
        Spread.ofAll(planned, p -> p.figures.copies()),
        Spread.ofAll(runs, RunResult::solveSeconds),
        Spread.ofAll(planned, p -> p.run.found().get(0).seconds()),
        Spread.ofAll(planned, p -> bounds.secondsUntilWithin(0.05, p.run)),
        Spread.ofAll(planned, p -> bounds.secondsUntilWithin(0.01, p.run)),
        Spread.ofAll(memories, Memory::bytes),
        memories.isEmpty() ? null : memories.get(0).kind(),
        schedule,
        runs);
  }

  /**
   * What stands behind the status and what runs have noted, a line each without its repetitions.
   */
  public List<String> remarks() {
    return Stream.concat(
            Stream.ofNullable(reason == null ? null : status.word() + ": " + reason),
            runs.stream().flatMap(r -> r.notes().stream()))
        .distinct()
        .toList();
  }

  /** The run whose schedule stands for the cell; null where there is none. */
  public @Nullable RunResult medianRun() {
    return medianRun(runs);
  }

  /** The run with the median score, the lower one of two; null where none has a schedule. */
  static @Nullable RunResult medianRun(List<RunResult> runs) {
    List<Planned> planned = planned(runs);
    planned.sort(Comparator.comparingDouble(p -> p.figures.score()));
    return planned.isEmpty() ? null : planned.get((planned.size() - 1) / 2).run;
  }
}
