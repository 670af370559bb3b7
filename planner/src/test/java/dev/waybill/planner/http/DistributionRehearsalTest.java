package dev.waybill.planner.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.catalogue.Change;
import dev.waybill.planner.catalogue.DatabaseCatalogue;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DistributionRehearsalTest {
  private static final SolveLimits LIMITS = SolveLimits.forHosts(Duration.ofSeconds(5), 0.02);

  @TempDir Path folder;
  private final List<Problem> asked = new ArrayList<>();

  private void rehearse(int hosts) throws IOException {
    List<Host> all = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      all.add(new Host("h" + i, "x", List.of(), List.of()));
    }
    DistributionRehearsal.run(
        Fleet.of(new Network(List.of(), List.of(), all)),
        folder,
        problem -> {
          asked.add(problem);
          return Solvers.named("greedy").solve(problem, LIMITS, SolveMonitor.NONE);
        },
        () -> files().size() > 2);
  }

  private Set<String> files() {
    return asked.stream().flatMap(p -> p.files().keySet().stream()).collect(Collectors.toSet());
  }

  @Test
  void aFileIsPublishedAndDistributedAgainAndAgain() throws IOException {
    rehearse(4);
    assertThat(asked).isNotEmpty().allSatisfy(p -> assertThat(p.network().hosts()).hasSize(4));
    try (Catalogue catalogue = DatabaseCatalogue.open(folder)) {
      List<Change> changes = catalogue.load();
      assertThat(changes.stream().filter(Change.FileOpened.class::isInstance)).hasSize(3);
      assertThat(changes.stream().filter(Change.FileEnded.class::isInstance))
          .as("those that were not interrupted went on to their end")
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }
}
