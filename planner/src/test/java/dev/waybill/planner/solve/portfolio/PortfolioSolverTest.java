package dev.waybill.planner.solve.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.Topology;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.portfolio.PortfolioConfig.Aim;
import dev.waybill.planner.solve.portfolio.PortfolioConfig.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PortfolioSolverTest {
  private static final Problem PROBLEM = Topology.t3().spread(64, 1 << 20);

  /** What a monitor of a run has been told. */
  private static final class Told implements SolveMonitor {
    final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    final List<Double> scores = Collections.synchronizedList(new ArrayList<>());

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }

    @Override
    public void found(Schedule schedule) {
      scores.add(schedule.score());
    }
  }

  /** A solver that does what it is made to do. */
  private record Acting(String name, Act act) implements Solver {
    @Override
    public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
      return act.solve(task.problem(), limits, monitor);
    }
  }

  private interface Act {
    Solution solve(Problem problem, SolveLimits limits, SolveMonitor monitor);
  }

  private static PortfolioConfig rules(String... solvers) {
    List<Rule> rules = new ArrayList<>();
    for (String s : solvers) {
      rules.add(new Rule(s, 1000, 0, 1 << 20, 1000, Aim.ANY, true));
    }
    return new PortfolioConfig(0.2, rules);
  }

  private static Solution run(SolveMonitor monitor, double seconds, Map<String, Solver> solvers) {
    List<String> names = solvers.keySet().stream().sorted().toList();
    PortfolioSolver portfolio =
        new PortfolioSolver(
            rules(names.toArray(String[]::new)), n -> Objects.requireNonNull(solvers.get(n)));
    Duration limit = Duration.ofMillis((long) (seconds * 1000));
    return portfolio.solve(PROBLEM, new SolveLimits(limit, 0, 1), monitor);
  }

  @Test
  void theBestOfSeveralWinsAndIsNotWorseThanAnyOfThem() {
    Told told = new Told();
    Solver greedy = Solvers.named("greedy");
    Solver flow = Solvers.named("flow");
    Solution.Planned all = (Solution.Planned) run(told, 60, Map.of("greedy", greedy, "flow", flow));
    for (Solver one : List.of(greedy, flow)) {
      Solution.Planned alone =
          (Solution.Planned) one.solve(PROBLEM, SolveLimits.standard(), SolveMonitor.NONE);
      assertThat(all.schedule().score()).isLessThanOrEqualTo(alone.schedule().score());
    }
    assertThat(told.scores).isNotEmpty().isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void aSolverThatThrowsIsReportedAndPassedOver() {
    Told told = new Told();
    Solver broken =
        new Acting(
            "broken",
            (p, l, m) -> {
              throw new IllegalStateException("a wheel came off");
            });
    Solution solution = run(told, 60, Map.of("broken", broken, "greedy", Solvers.named("greedy")));
    assertThat(solution).isInstanceOf(Solution.Planned.class);
    assertThat(told.notes)
        .containsExactly(
            "solver broken failed: java.lang.IllegalStateException: a wheel came off; passed over");
  }

  @Test
  void aSolverThatHangsIsReportedAndPassedOver() {
    Told told = new Told();
    Solver hanging =
        new Acting(
            "hanging",
            (p, l, m) -> {
              try {
                Thread.sleep(Duration.ofMinutes(5).toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new Solution.GaveUp("late");
            });
    Solution solution = run(told, 3, Map.of("greedy", Solvers.named("greedy"), "hanging", hanging));
    assertThat(solution).isInstanceOf(Solution.Planned.class);
    assertThat(told.notes).containsExactly("solver hanging did not stop in time; passed over");
  }

  @Test
  void withoutAnyScheduleTheReasonIsSaid() {
    Solver unable = new Acting("unable", (p, l, m) -> new Solution.Unsupported("not my kind"));
    assertThat(run(new Told(), 5, Map.of("unable", unable)))
        .isEqualTo(new Solution.Unsupported("not my kind"));
  }

  @Test
  void rulesLookAtSizeAndObjective() {
    Traits small = new Traits(8, 100, 1, PROBLEM.objective(), false);
    assertThat(new Rule("a", 8, 0, 100, 1, Aim.TIME, true).fits(small)).isTrue();
    assertThat(new Rule("a", 7, 0, 100, 1, Aim.TIME, true).fits(small)).isFalse();
    assertThat(new Rule("a", 8, 101, 200, 1, Aim.ANY, true).fits(small)).isFalse();
    assertThat(new Rule("a", 8, 0, 100, 1, Aim.COST, true).fits(small)).isFalse();
    assertThat(PortfolioConfig.standard().rules()).isNotEmpty();
  }

  @Test
  void wherePeopleOrHostsWaitThereAreNoLongSearches() {
    Traits awaited = new Traits(8, 100, 1, PROBLEM.objective(), true);
    assertThat(new Rule("a", 8, 0, 100, 1, Aim.ANY, true).fits(awaited)).isTrue();
    assertThat(new Rule("a", 8, 0, 100, 1, Aim.ANY, false).fits(awaited)).isFalse();
  }
}
