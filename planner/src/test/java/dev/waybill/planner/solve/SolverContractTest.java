package dev.waybill.planner.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;
import dev.waybill.planner.RandomProblem;
import dev.waybill.planner.Topology;
import java.time.Duration;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every solver keeps, whatever its name. */
class SolverContractTest {
  private static final int SEEDS = 150;
  private static final int QUESTIONS = 150;

  /** Solvers that take on a part of all problems, and search for as long as they are let. */
  private static final Set<String> SEARCHES = Set.of("mip", "cpsat", "parts");

  private static final int SEARCH_SEEDS = 25;

  private static final Duration SEARCH_TIME = Duration.ofMillis(300);

  /** Seeds that have shown a defect: blocks briefer than the rounding of their times. */
  private static final long[] ONCE_BROKEN = {1488, 1542};

  static Stream<Arguments> solversAndSeeds() {
    return Solvers.names().stream()
        .filter(name -> !name.equals("auto"))
        .flatMap(
            n ->
                LongStream.concat(LongStream.range(0, seeds(n)), LongStream.of(ONCE_BROKEN))
                    .mapToObj(seed -> Arguments.of(n, seed)));
  }

  private static int seeds(String solver) {
    return SEARCHES.contains(solver) ? SEARCH_SEEDS : SEEDS;
  }

  static Stream<String> solvers() {
    return Solvers.names().stream();
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("solversAndSeeds")
  void plansRandomProblemsValidlyAndNotBelowTheBound(String solver, long seed) {
    Problem problem = RandomProblem.of(seed);
    Solution solution = solveBriefly(solver, problem);
    if (solution instanceof Solution.Planned planned) {
      Verdict verdict = ScheduleChecker.check(problem, planned.schedule());
      assertThat(verdict.violations()).isEmpty();
      assertThat(planned.schedule().makespan())
          .isGreaterThanOrEqualTo(planned.bound().seconds() * (1 - 1e-9));
      assertThat(planned.schedule().lowerBound()).isEqualTo(planned.bound().seconds());
    } else if (solution instanceof Solution.Unsupported) {
      assertThat(solver).as("others take on everything").isIn(SEARCHES);
    } else if (solution instanceof Solution.GaveUp) {
      assertThat(problem.network().hosts().values())
          .as("only short storage of relays may defeat it")
          .anyMatch(h -> h.relay() && h.storage() != null);
    } else if (solution instanceof Solution.Unsupported unsupported) {
      assertThat(solver).as("takes every problem").isNotIn("auto", "greedy", "flow");
      assertThat(unsupported.reason()).isNotBlank();
    } else {
      assertThat(solution).isInstanceOf(Solution.Infeasible.class);
      assertThat(((Solution.Infeasible) solution).message()).isNotBlank();
    }
  }

  @Test
  void theRandomProblemsAreFeasibleOftenEnoughAndInfeasibleNowAndThen() {
    long planned =
        LongStream.range(0, 100)
            .filter(s -> solve("greedy", RandomProblem.of(s)) instanceof Solution.Planned)
            .count();
    assertThat(planned).isBetween(40L, 99L);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void givesTheSameScheduleForTheSameSeed(String solver) {
    Problem problem = Topology.equal(5).spread(4, 1 << 20);
    SolveLimits limits = SolveLimits.standard();
    Solver of = Solvers.named(solver);
    Solution.Planned a = (Solution.Planned) of.solve(problem, limits, SolveMonitor.NONE);
    Solution.Planned b = (Solution.Planned) of.solve(problem, limits, SolveMonitor.NONE);
    assertThat(a.schedule().copies()).isEqualTo(b.schedule().copies());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void givesUpOrPlansWhenThereIsHardlyAnyTime(String solver) {
    Problem problem = Topology.uploadTight(200, 10, 1).spread(200, 1 << 20);
    SolveLimits limits = new SolveLimits(Duration.ofNanos(1), 0, 1);
    assertThat(Solvers.named(solver).solve(problem, limits, SolveMonitor.NONE))
        .isInstanceOfAny(Solution.GaveUp.class, Solution.Planned.class, Solution.Unsupported.class);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void stopsWhenCancelled(String solver) {
    SolveMonitor cancelled =
        new SolveMonitor() {
          @Override
          public boolean cancelled() {
            return true;
          }
        };
    Problem problem = Topology.uploadTight(200, 10, 1).spread(200, 1 << 20);
    assertThat(Solvers.named(solver).solve(problem, SolveLimits.standard(), cancelled))
        .isInstanceOfAny(Solution.GaveUp.class, Solution.Planned.class, Solution.Unsupported.class);
  }

  @Test
  void anUnknownSolverIsNamedTogetherWithThoseThereAre() {
    assertThatThrownBy(() -> Solvers.named("magic"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no solver 'magic'; there are auto, greedy, ");
  }

  private static Solution solve(String solver, Problem problem) {
    return Solvers.named(solver).solve(problem, limits(solver), SolveMonitor.NONE);
  }

  private static SolveLimits limits(String solver) {
    Duration limit = SEARCHES.contains(solver) ? SEARCH_TIME : Duration.ofMinutes(1);
    return new SolveLimits(limit, 0, 1);
  }

  /**
   * Whatever the machine, a solver that searches on is ended some time after its first schedule.
   */
  private static Solution solveBriefly(String solver, Problem problem) {
    SolveMonitor monitor =
        new SolveMonitor() {
          private int questionsLeft = Integer.MAX_VALUE;

          @Override
          public boolean cancelled() {
            return solver.equals("optaplanner") && questionsLeft-- <= 0;
          }

          @Override
          public void found(Schedule schedule) {
            questionsLeft = Math.min(questionsLeft, QUESTIONS);
          }
        };
    return Solvers.named(solver).solve(problem, limits(solver), monitor);
  }
}
