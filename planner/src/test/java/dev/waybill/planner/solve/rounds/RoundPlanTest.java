package dev.waybill.planner.solve.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.network.Host;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;
import dev.waybill.model.unit.DataSize;
import dev.waybill.planner.RandomProblem;
import dev.waybill.planner.Topology;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundPlanTest {
  private static final double AWKWARD = 12_345_678.9;

  @ParameterizedTest(name = "{0} receivers")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 15, 31, 63, 64, 100, 127, 500, 999, 1000})
  void equalHostsAreServedInAsManyRoundsAsTheBoundSays(int receivers) {
    for (int blocks : new int[] {1, 2, 3, 7, 50}) {
      Problem problem = Topology.equal(receivers + 1).spread(blocks, 1_000_003);
      double seconds = validMakespan(problem);
      double round = 1_000_003 / 12_500_000.0;
      int rounds = blocks + floorLog2(receivers);
      assertThat(seconds / round).isCloseTo(rounds, relative(rounds));
      assertThat(seconds).isCloseTo(LowerBound.of(problem).seconds(), relative(seconds));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void roundingNeverMakesAPlanInvalid(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int receivers = random.nextInt(1, 40);
    int blocks = random.nextInt(1, 2000);
    long blockSize = 1 + (long) Math.pow(10, 8 * random.nextDouble());
    double rate = Math.pow(10, 12 * random.nextDouble());
    Problem problem =
        new Flat()
            .holder("s", "A", rate)
            .receivers(receivers, "A", rate, rate)
            .file("f", blocks * blockSize, blockSize)
            .problem();
    double seconds = validMakespan(problem);
    double expected = (blocks + floorLog2(receivers)) * (double) blockSize / rate;
    assertThat(seconds).isCloseTo(expected, relative(expected));
  }

  @Test
  void manyRoundsOfAwkwardLengthStayWithinTheTolerances() {
    Flat flat = new Flat().holder("s", "A", AWKWARD).receivers(5, "A", AWKWARD, AWKWARD);
    Problem problem = flat.file("f", 70_000L * 777_777 - 1, 777_777).problem();
    double expected = (70_002 * 777_777.0 - 1) / AWKWARD;
    assertThat(validMakespan(problem)).isCloseTo(expected, relative(expected));
  }

  @Test
  void aShorterLastBlockTakesNoWholeRound() {
    Flat flat = new Flat().holder("s", "A", AWKWARD).receivers(6, "A", AWKWARD, AWKWARD);
    double seconds = validMakespan(flat.file("f", (9 << 20) + 17, 1 << 20).problem());
    double expected = (11 * (1 << 20) + 17) / AWKWARD;
    assertThat(seconds).isCloseTo(expected, relative(expected));
  }

  @Test
  void severalFilesFollowEachOther() {
    Flat flat = new Flat().holder("s", "A", 1000).receivers(11, "A", 1000, 1000);
    flat.file("f", 500, 100).file("g", 300, 100).file("empty", 0, 100).file("h", 900, 100);
    double seconds = validMakespan(flat.problem());
    assertThat(seconds).isCloseTo((17 + 3) * 100 / 1000.0, within(1e-9));
  }

  @Test
  void filesOfOtherBlockSizesShareRounds() {
    Flat flat = new Flat().holder("s", "A", 1000).receivers(4, "A", 1000, 1000);
    flat.file("f", 1000, 100).file("g", 395, 10).file("h", 35, 40);
    assertThat(plan(flat.indexed()).rounds()).isEqualTo(15 + 2);
    double seconds = validMakespan(flat.problem());
    assertThat(seconds).isCloseTo((1430 + 2 * 100) / 1000.0, within(1e-9));
  }

  /**
   * After j rounds no more than G 2^j can send, so that some of N = G (2^j - 1) + 1 has nothing.
   */
  @ParameterizedTest(name = "{0} holders, {1} times as fast, {2} receivers")
  @CsvSource({
    "1,2,2,0",
    "2,1,2,0",
    "2,1,3,1",
    "3,1,9,1",
    "3,1,10,2",
    "1,4,28,2",
    "1,4,29,3",
    "2,3,90,3",
    "2,3,91,4",
    "5,7,20,0"
  })
  void eachSourceServesItsShare(int holders, int times, int receivers, int doublings) {
    Flat flat = new Flat().receivers(receivers, "A", AWKWARD, AWKWARD);
    for (int h = 0; h < holders; h++) {
      flat.holder("s" + h, "A", times * AWKWARD);
    }
    double seconds = validMakespan(flat.file("f", 20 * 999, 999).problem());
    double expected = (20 + doublings) * 999 / AWKWARD;
    assertThat(seconds).isCloseTo(expected, relative(expected));
  }

  @Test
  void aHolderThatIsTooSlowIsLeftOutAsLongAsThereIsAnother() {
    Flat flat = new Flat().receivers(6, "A", 100, 100).holder("slow", "A", 99).file("f", 1000, 100);
    assertThat(validMakespan(flat.problem())).isCloseTo(12 * 100 / 99.0, within(1e-9));
    assertThat(validMakespan(flat.holder("fast", "A", 110).problem())).isCloseTo(12, within(1e-9));
  }

  @Test
  void anInterfaceForBothDirectionsIsSharedBetweenThem() {
    Flat flat = new Flat().holder("s", "A", 100).file("f", 1000, 100);
    for (int i = 0; i < 5; i++) {
      String nic = "nic" + i;
      flat.resource(nic, 100).host(new Host("h" + i, "A", List.of(nic), List.of(nic)));
    }
    RoundPlan plan = plan(flat.indexed());
    assertThat(plan.seconds())
        .isCloseTo((10 + 1) * 2, within(1e-9)); // two sources of half the rate
    validMakespan(flat.problem());
  }

  @Test
  void whatJoinsTheLocationsIsNeverOverloaded() {
    Flat ample = sites(400);
    assertThat(validMakespan(ample.problem())).isCloseTo(20 + 3, within(1e-9));
    Flat tight = sites(100);
    assertThat(validMakespan(tight.problem())).isCloseTo(4 * (20 + 3), within(1e-9));
  }

  /** Two sites of 4 and 9 hosts; all of the smaller one may send to, or get from, the other. */
  private static Flat sites(double uplink) {
    return new Flat()
        .holder("s", "A", 100)
        .receivers(3, "A", 100, 100)
        .receivers(9, "B", 100, 100)
        .resource("out", uplink)
        .resource("in", uplink)
        .path("A", "B", "out")
        .path("B", "A", "in")
        .file("f", 2000, 100);
  }

  @Test
  void plansForRandomProblemsAreValidAndNotBelowTheBound() {
    int plans = 0;
    for (long seed = 0; seed < 1000; seed++) {
      Problem problem = RandomProblem.of(seed);
      if (RoundPlan.of(new IndexedProblem(problem)) != null) {
        double seconds = validMakespan(problem);
        double bound = LowerBound.of(problem).seconds();
        assertThat(seconds).as("seed %d", seed).isGreaterThanOrEqualTo(bound * (1 - 1e-9));
        plans++;
      }
    }
    assertThat(plans).isGreaterThan(20);
  }

  @Test
  void copiesThatFollowEachOtherAreOne() {
    Problem one = Topology.equal(2).spread(300, 1000);
    assertThat(plan(new IndexedProblem(one)).copies()).hasSize(1);
    Problem two = Topology.equal(3).spread(300, 1000);
    assertThat(plan(new IndexedProblem(two)).copies()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void blocksAreBundledWhereThereWouldBeTooManyCopies() {
    Flat flat = new Flat().holder("s", "A", 100).receivers(10, "A", 100, 100);
    flat.file("f", 1_000_000, 10).file("g", 55_555, 10);
    IndexedProblem problem = flat.indexed();
    RoundPlan plan = Objects.requireNonNull(RoundPlan.of(problem, 5000));
    List<Copy> copies = plan.copies();
    assertThat(copies).hasSizeLessThanOrEqualTo(5000);
    Verdict verdict = ScheduleChecker.check(flat.problem(), copies);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.makespan()).isBetween(10_555.55, 10_555.55 * 1.02);
  }

  @Test
  void thereIsNoPlanWhereNotEverybodyNeedsTheSameOrCanReachTheOthers() {
    assertThat(RoundPlan.of(new IndexedProblem(Topology.equal(1).spread(5, 10)))).isNull();
    Flat apart = new Flat().holder("s", "A", 1).receivers(2, "B", 1, 1).file("f", 10, 1);
    assertThat(RoundPlan.of(apart.path("B", "A").indexed())).isNull();
    assertThat(RoundPlan.of(apart.path("A", "B").indexed())).isNotNull();
    assertThat(RoundPlan.of(some().receivers(1, "B", 0, 1).path("A", "B").indexed())).isNull();
    assertThat(RoundPlan.of(some().indexed(), 19)).isNotNull();
    assertThat(RoundPlan.of(some().indexed(), 1)).isNull();
    Copy underWay = new Copy("f", "s", "A0", 0, 2, 0, 0.5);
    assertThat(RoundPlan.of(some().inProgress(underWay).indexed())).isNull();
    assertThat(RoundPlan.of(some().host(withStorage(10)).indexed())).isNotNull();
    assertThat(RoundPlan.of(some().host(withStorage(9)).indexed())).isNull();
  }

  private static Host withStorage(long bytes) {
    return new Host("h", "A", List.of(), List.of(), false, new DataSize(bytes), null);
  }

  private static Flat some() {
    return new Flat().holder("s", "A", 1).receivers(2, "A", 1, 1).file("f", 10, 1);
  }

  private static RoundPlan plan(IndexedProblem problem) {
    return Objects.requireNonNull(RoundPlan.of(problem));
  }

  private static double validMakespan(Problem problem) {
    RoundPlan plan = plan(new IndexedProblem(problem));
    Verdict verdict = ScheduleChecker.check(problem, plan.copies());
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.makespan()).isLessThanOrEqualTo(plan.seconds() * (1 + 1e-12));
    return verdict.makespan();
  }

  private static int floorLog2(int n) {
    return 31 - Integer.numberOfLeadingZeros(n);
  }

  private static Offset<Double> relative(double of) {
    return within(1e-9 * of);
  }
}
