package dev.waybill.planner.solve.cpsat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.RandomProblem;
import dev.waybill.planner.TinyRounds;
import dev.waybill.planner.Topology;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.planner.solve.Stop;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CpSatSolverTest {
  private static final SolveLimits LIMITS = new SolveLimits(Duration.ofMinutes(3), 0, 1);

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest(name = "{0} chunks in {1} rounds")
  @CsvSource({"1, 2", "2, 2", "3, 3", "4, 3", "6, 3", "8, 4", "9, 4", "12, 4"})
  void broadcastsOnADgx1InAsManyRoundsAsPublished(int chunks, int rounds) {
    assertThat(firstWithin(Dgx1.broadcast(chunks), rounds)).isLessThanOrEqualTo(rounds + 1e-6);
  }

  @ParameterizedTest(name = "{0} chunks in {1} rounds")
  @CsvSource({"1, 2", "2, 3", "3, 4", "6, 7"})
  void gathersOnADgx1InAsManyRoundsAsPublished(int chunks, int rounds) {
    assertThat(firstWithin(Dgx1.allGather(chunks), rounds)).isLessThanOrEqualTo(rounds + 1e-6);
  }

  @Test
  void findsTheOptimumOfSevenEqualPeersAndEightBlocksAndKnowsIt() {
    Problem problem = Topology.equal(8).spread(8, 12_500_000);
    Solution.Planned planned =
        (Solution.Planned) Solvers.named("cpsat").solve(problem, LIMITS, SolveMonitor.NONE);
    assertThat(planned.schedule().makespan()).isBetween(10 - 1e-6, 10 + 1e-6);
    assertThat(planned.bound().seconds()).isBetween(10 - 1e-6, 10 + 1e-6);
  }

  @Test
  void provesWhatCountingAloneDoesNot() {
    Solution.Planned planned =
        (Solution.Planned)
            Solvers.named("cpsat").solve(Dgx1.broadcast(2), LIMITS, SolveMonitor.NONE);
    assertThat(planned.bound().seconds()).isEqualTo(planned.schedule().makespan());
    assertThat(planned.bound().because()).contains("CP-SAT proves");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isNeverWorseThanTheFewestRoundsOfTinyProblems(long seed) {
    TinyRounds tiny = TinyRounds.of(seed);
    Solution.Planned planned =
        (Solution.Planned) Solvers.named("cpsat").solve(tiny.problem(), LIMITS, SolveMonitor.NONE);
    int rounds = tiny.fewestRounds();
    assertThat(planned.schedule().makespan()).isLessThanOrEqualTo(rounds + 1e-6);
    assertThat(planned.bound().seconds()).isLessThanOrEqualTo(rounds + 1e-6);
  }

  /** Whatever steps it counts in, the model of proofs must not exclude what is possible. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void neverProvesThatWhatIsPossibleIsNot(long seed) {
    Problem problem = RandomProblem.of(seed);
    Stop stop = new Stop(LIMITS, SolveMonitor.NONE);
    IndexedProblem indexed = new IndexedProblem(problem);
    List<Item> items = Items.of(indexed, 2_000);
    if (items == null
        || !(Solvers.named("greedy").solve(problem, LIMITS, SolveMonitor.NONE)
            instanceof Solution.Planned planned)) {
      return;
    }
    Engine engine = new Engine(CpSatConfig.standard(), 1, stop);
    assertThat(engine.load()).isTrue();
    double makespan = planned.schedule().makespan();
    double step = makespan / (1 + 6 * new SplittableRandom(seed).nextDouble());
    int horizon = (int) Math.floor(makespan / step);
    SpanModel model = new SpanModel(indexed, items, step, horizon, stop);
    assertThat(engine.solve(model.model, 5, 1)).isNotInstanceOf(Engine.Impossible.class);
  }

  @Test
  void refusesWhatIsTooBigForItAndSaysSo() {
    Problem problem = Topology.uploadTight(200, 10, 1).spread(200, 1 << 20);
    Solution solution = Solvers.named("cpsat").solve(problem, LIMITS, SolveMonitor.NONE);
    assertThat(solution).isInstanceOf(Solution.Unsupported.class);
    assertThat(((Solution.Unsupported) solution).reason()).contains("60000");
  }

  /** The makespan of the first schedule that is short enough, at which the search is cancelled. */
  private static double firstWithin(Problem problem, double seconds) {
    boolean[] found = {false};
    SolveMonitor monitor =
        new SolveMonitor() {
          @Override
          public boolean cancelled() {
            return found[0];
          }

          @Override
          public void found(Schedule schedule) {
            found[0] |= schedule.makespan() <= seconds * (1 + 1e-9);
          }
        };
    Solution solution = Solvers.named("cpsat").solve(problem, LIMITS, monitor);
    return ((Solution.Planned) solution).schedule().makespan();
  }
}
