package dev.waybill.planner.solve.flow;

import static dev.waybill.planner.solve.SolveMonitor.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.Topology;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.packing.FractionalPacking;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.tree.Capacity;
import dev.waybill.planner.solve.tree.KnownTrees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowSolverTest {
  private static final int BLOCKS = 1000;

  /** Few draws, no lists: what forests alone come to, whatever the machine. */
  private static final FlowConfig FORESTS =
      new FlowConfig(8, 24, 10, List.of(1, 2), 60, 1, 0, 1, 1000, 1);

  static Stream<Arguments> kinds() {
    return Stream.of(7L, 8L)
        .flatMap(
            seed ->
                Stream.of(
                    Arguments.of(
                        "upload-tight 100", seed, Topology.uploadTight(100, 5, seed), 1.04),
                    Arguments.of("wan-tight 32", seed, Topology.wanTight(32, 4, seed), 1.006),
                    Arguments.of("wan-tight 200", seed, Topology.wanTight(200, 10, seed), 1.012)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("kinds")
  void forestsComeNearTheBound(String kind, long seed, Topology topology, double ratio) {
    Schedule schedule = solve(FORESTS, topology.spread(BLOCKS, 1 << 20), 0).schedule();
    assertThat(schedule.ratio()).as("%s, seed %d", kind, seed).isBetween(1.0, ratio);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRunBeginsWithTheTreesThatEarlierOnesHaveFound(long seed) {
    Topology topology = Topology.uploadTight(24, 3, seed);
    KnownTrees known = new KnownTrees();
    FlowSolver solver = new FlowSolver(FORESTS, FlowSolver.Part.FORESTS);
    SolveLimits limits = SolveLimits.forHosts(Duration.ofMinutes(1), 0);
    Problem rehearsed = topology.spread(BLOCKS / 2, 1 << 20);
    Schedule learnt = planned(solver.solve(Task.rehearsal(rehearsed, known), limits, NONE));

    List<Schedule> found = new ArrayList<>();
    Problem real = topology.spread(BLOCKS, 1 << 20);
    Schedule made = planned(solver.solve(Task.goingOn(real, known), limits, monitor(found::add)));

    assertThat(found.get(0).ratio()).as("seed %d", seed).isLessThan(learnt.ratio() + 1e-3);
    assertThat(made.ratio()).as("seed %d", seed).isLessThanOrEqualTo(found.get(0).ratio());
    assertThat(ScheduleChecker.check(real, made).valid()).isTrue();
  }

  @Test
  void treesOfOneNetworkAreNotTakenForAnother() {
    KnownTrees known = new KnownTrees();
    FlowSolver solver = new FlowSolver(FORESTS, FlowSolver.Part.FORESTS);
    SolveLimits limits = new SolveLimits(Duration.ofMinutes(1), 0, 1);
    Problem one = Topology.uploadTight(24, 3, 1).spread(BLOCKS, 1 << 20);
    Problem other = Topology.uploadTight(24, 3, 2).spread(BLOCKS, 1 << 20);
    planned(solver.solve(Task.goingOn(one, known), limits, NONE));

    Task task = Task.goingOn(other, known);
    Schedule beside = planned(solver.solve(task, limits, NONE));

    assertThat(task.searchedBefore()).isZero();
    Schedule alone = planned(solver.solve(other, limits, NONE));
    assertThat(beside.copies()).isEqualTo(alone.copies());
  }

  private static Schedule planned(Solution solution) {
    return ((Solution.Planned) solution).schedule();
  }

  private static SolveMonitor monitor(Consumer<Schedule> found) {
    return new SolveMonitor() {
      @Override
      public boolean cancelled() {
        return false;
      }

      @Override
      public void found(Schedule schedule) {
        found.accept(schedule);
      }
    };
  }

  @Test
  void smallProblemsWithScarceUploadsAreSentBlockByBlock() {
    Problem problem = Topology.uploadTight(32, 4, 7).spread(BLOCKS, 1 << 20);
    Schedule schedule = solve(FlowConfig.standard(), problem, 0.01).schedule();
    assertThat(schedule.ratio()).isBetween(1.0, 1.01);
  }

  @ParameterizedTest(name = "{0} receivers, {1} blocks")
  @CsvSource({"3, 1", "6, 5", "63, 64", "64, 7", "1000, 3"})
  void equalHostsTakeMPlusLogNRounds(int receivers, int blocks) {
    Problem problem = Topology.equal(receivers + 1).spread(blocks, 1 << 20);
    Schedule schedule = solve(FlowConfig.standard(), problem, 0).schedule();
    int rounds = blocks + 31 - Integer.numberOfLeadingZeros(receivers);
    double round = (1 << 20) / new IndexedProblem(problem).capacity[0];
    assertThat(schedule.makespan()).isCloseTo(rounds * round, withinPercentage(1e-6));
    assertThat(schedule.ratio()).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void treesOfTheLinearProgramFitWhereNoHostIsLikeAnother(long seed) {
    Problem problem = Topology.wanTight(16, 16, seed).spread(BLOCKS, 1 << 20);
    IndexedProblem indexed = new IndexedProblem(problem);
    FractionalPacking packing = FractionalPacking.of(indexed);
    List<Cargo> cargoes = Cargo.of(indexed, BlockClass.of(indexed));
    List<Forest> forests =
        new PackedForest(indexed, packing, Capacity.beside(indexed)).of(cargoes, 64);
    assertThat(forests).hasSize(1);
    double[] left = indexed.capacity.clone();
    forests.get(0).takeFrom(left);
    assertThat(forests.get(0).rate() * packing.fluidSeconds())
        .isCloseTo((double) cargoes.get(0).bytes(), withinPercentage(0.01));
    for (int r = 0; r < left.length; r++) {
      assertThat(left[r])
          .as("seed %d, %s", seed, indexed.resourceIds[r])
          .isGreaterThan(-1e-6 * indexed.capacity[r]);
    }
  }

  @Test
  void hostsThatCarryItOutGetFewCopies() {
    Problem problem = Topology.uploadTight(32, 4, 7).spread(200, 1 << 20);
    SolveLimits limits = SolveLimits.forHosts(Duration.ofMinutes(1), 0);
    Solution.Planned planned =
        (Solution.Planned) new FlowSolver(FORESTS).solve(problem, limits, SolveMonitor.NONE);
    assertThat(planned.schedule().copies()).hasSizeLessThan(31 * 9);
  }

  /** Each host can send to one other only, and each site to one other. */
  @Test
  void whatIsBeingPublishedGoesDownAChainWhereThatIsAllThatFits() {
    Problem published = made(1024, 0, 200e6);
    SolveLimits limits = SolveLimits.forHosts(Duration.ofMinutes(1), 0.02);
    Solution.Planned planned =
        (Solution.Planned) new FlowSolver(FORESTS).solve(published, limits, SolveMonitor.NONE);
    Schedule schedule = planned.schedule();
    assertThat(ScheduleChecker.check(published, schedule).violations()).isEmpty();
    assertThat(schedule.copies()).hasSize(11);
    assertThat(schedule.ratio()).isBetween(1.0, 1.015);
  }

  /** A file that is made at the first host of T2, of so many blocks of 256 KiB. */
  private static Problem made(int blocks, double start, double bytesPerSecond) {
    Problem held = Topology.t2().spread(blocks, 256 << 10);
    String file = held.demands().get(0).file();
    String root = held.holdings().get(0).host();
    return new Problem(
        "made",
        "",
        held.network(),
        List.copyOf(held.files().values()),
        List.of(),
        List.of(new Generation(root, file, 0, blocks - 1, start, bytesPerSecond)),
        List.of(),
        held.demands(),
        held.objective());
  }

  /** The rate of generation is the limit: copies end hardly after the last block was made. */
  @Test
  void treesWaitForBlocksThatAreMadeSlowly() {
    Problem growing = made(1000, 5, 2e6);
    Schedule schedule = solve(FORESTS, growing, 0.02).schedule();
    assertThat(schedule.makespan()).isBetween(5 + (1000 << 18) / 2e6, 140.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void divisionsOfEgressKeepWithinItAndAreMet(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Problem problem = Topology.uploadTight(60, 3, seed).spread(BLOCKS, 1 << 20);
    IndexedProblem indexed = new IndexedProblem(problem);
    Cargo cargo = Cargo.of(indexed, BlockClass.of(indexed)).get(0);
    double[] egress = new double[indexed.hosts()];
    double sum = 0;
    for (int h = 0; h < egress.length; h++) {
      egress[h] = indexed.minCapacity(indexed.egress[h]);
      sum += egress[h];
    }
    double rate = 0.93 * sum / cargo.needers().length;
    double[] rates = {0.3 * rate, 0.27 * rate, 0.25 * rate, 0.18 * rate};
    Division division =
        new Division(new Terrain(indexed, cargo, indexed.capacity), egress, rates, random);
    assertThat(division.divide(false)).as("seed %d", seed).isTrue();
    int[] children = new int[rates.length];
    for (int h = 0; h < egress.length; h++) {
      double used = 0;
      for (int k = 0; k < rates.length; k++) {
        children[k] += division.children[h][k];
        used += division.children[h][k] * rates[k];
      }
      assertThat(used).isLessThanOrEqualTo(egress[h] * (1 + 1e-9));
    }
    assertThat(children).containsOnly(cargo.needers().length);
  }

  @Test
  void filesWithTheSameHoldersAndNeedersAreOneCargo() {
    Problem one = Topology.equal(5).spread(10, 1 << 20);
    IndexedProblem indexed = new IndexedProblem(one);
    List<Cargo> cargoes = Cargo.of(indexed, BlockClass.of(indexed));
    assertThat(cargoes).hasSize(1);
    assertThat(cargoes.get(0).blocks()).isEqualTo(10);
    assertThat(cargoes.get(0).between(3, 4)).containsExactly(new Cargo.Segment(0, 3, 6, 3));
  }

  private static Solution.Planned solve(FlowConfig config, Problem problem, double gap) {
    SolveLimits limits = new SolveLimits(Duration.ofMinutes(2), gap, 1);
    Solution.Planned planned =
        (Solution.Planned) new FlowSolver(config).solve(problem, limits, SolveMonitor.NONE);
    assertThat(ScheduleChecker.check(problem, planned.schedule()).violations()).isEmpty();
    return planned;
  }
}
