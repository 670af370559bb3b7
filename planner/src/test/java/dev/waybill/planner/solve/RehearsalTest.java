package dev.waybill.planner.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.unit.DataRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
  private static final SolveLimits LIMITS = SolveLimits.forHosts(Duration.ofSeconds(30), 0.02);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatADeadHostLeavesOfADistributionCanBePlanned(boolean running) {
    List<Resource> resources = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      resources.add(new Resource("h" + i + ".up", new DataRate((i + 1) * 1e6), 0));
      resources.add(new Resource("h" + i + ".down", new DataRate(1e7), 0));
      hosts.add(new Host("h" + i, "a", List.of("h" + i + ".up"), List.of("h" + i + ".down")));
    }
    Problem whole = Rehearsal.published(new Network(resources, List.of(), hosts), "h0");

    Problem left = Rehearsal.interrupted(whole, solved(whole), "h3", running);

    assertThat(left.network().hosts()).hasSize(5).doesNotContainKey("h3");
    assertThat(left.inProgress().isEmpty()).isEqualTo(!running);
    assertThat(left.inProgress()).noneMatch(c -> c.from().equals("h3") || c.to().equals("h3"));
    for (int i = 0; i < 6; i++) {
      String host = "h" + i;
      double sent =
          left.inProgress().stream()
              .filter(c -> c.from().equals(host))
              .mapToDouble(Copy::rate)
              .sum();
      assertThat(sent).isLessThanOrEqualTo((i + 1) * 1e6 * (1 + 1e-9));
    }
    assertThat(left.holdings()).hasSize(5);
    Schedule schedule = solved(left);
    assertThat(ScheduleChecker.check(left, schedule).valid()).isTrue();
    assertThat(schedule.makespan()).isLessThan(solved(whole).makespan());
  }

  private static Schedule solved(Problem problem) {
    Solution solution = Solvers.named("greedy").solve(problem, LIMITS, SolveMonitor.NONE);
    return ((Solution.Planned) solution).schedule();
  }
}
