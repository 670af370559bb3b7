package dev.waybill.planner.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.RandomProblem;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCacheTest {
  @TempDir Path folder;

  private static Problem named(Problem p, String name) {
    return new Problem(
        name,
        "another description",
        p.network(),
        List.copyOf(p.files().values()),
        p.holdings(),
        p.generations(),
        p.inProgress(),
        p.demands(),
        p.objective());
  }

  private static Schedule solved(Problem p) {
    return ((Solution.Planned)
            Solvers.named("auto").solve(p, SolveLimits.standard(), SolveMonitor.NONE))
        .schedule();
  }

  private static Problem solvable() {
    for (long seed = 1; ; seed++) {
      Problem p = RandomProblem.of(seed);
      if (Solvers.named("auto").solve(p, SolveLimits.standard(), SolveMonitor.NONE)
              instanceof Solution.Planned planned
          && !planned.schedule().copies().isEmpty()) {
        return p;
      }
    }
  }

  @Test
  void theSameProblemUnderAnotherNameIsAnsweredAlsoAfterARestart() throws IOException {
    Problem p = solvable();
    Schedule schedule = solved(p);
    new ScheduleCache(folder, 5).keep(Fingerprint.of(p, "auto"), schedule);

    Problem again = named(p, "live-77");
    ScheduleCache cache = new ScheduleCache(folder, 5);
    Schedule found = cache.find(Fingerprint.of(again, "auto"), again).orElseThrow();
    assertThat(found.instance()).isEqualTo("live-77");
    assertThat(found.copies()).isEqualTo(schedule.copies());
    assertThat(cache.find(Fingerprint.of(again, "greedy"), again)).isEmpty();
  }

  @Test
  void aFileThatIsNoScheduleOfItsProblemIsIgnored() throws IOException {
    Problem p = solvable();
    ScheduleCache cache = new ScheduleCache(folder, 5);
    cache.keep(Fingerprint.of(p, "auto"), solved(p));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path f : files.toList()) {
        Files.writeString(f, "{\"format\": ");
      }
    }
    assertThat(cache.find(Fingerprint.of(p, "auto"), p)).isEmpty();
  }

  @Test
  void onlySoManyAreKept() throws IOException {
    Problem p = solvable();
    ScheduleCache cache = new ScheduleCache(folder, 3);
    for (int i = 0; i < 6; i++) {
      cache.keep(Fingerprint.of(p, "how " + i), solved(p));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }
}
