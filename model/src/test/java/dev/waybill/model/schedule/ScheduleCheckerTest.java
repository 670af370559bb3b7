package dev.waybill.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Violation.Kind;
import dev.waybill.model.testing.RandomCase;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fixture: file f of 25 bytes in blocks of 10, 10 and 5; everything carries 10 bytes a second.
 *
 * <pre>
 *   a (holds f) --a.up--[wan, 0.5 a byte]--b.down--> b (demands f) --b.up--c.down--> c (demands f)
 *   a ----------a.up----[wan]--------------r.down--> r (relay)     d (demands nothing), no way to x
 * </pre>
 */
class ScheduleCheckerTest {
  private static final BlockLayout LAYOUT = new BlockLayout(25, 10);
  private static final Objective OBJECTIVE = new Objective(1, 0.5, 2, 3);

  private final List<Holding> holdings =
      new ArrayList<>(List.of(new Holding("a", "f", BlockSet.prefix(3))));
  private final List<Generation> generations = new ArrayList<>();
  private final List<Copy> inProgress = new ArrayList<>();
  private final List<Demand> demands =
      new ArrayList<>(List.of(new Demand("b", "f", 2, 1.0), new Demand("c", "f")));
  private DataRate wan = new DataRate(10);
  private DataSize storageOfB = new DataSize(25);

  private Problem problem() {
    List<Resource> resources = new ArrayList<>();
    for (String id : List.of("a.up", "b.up", "b.down", "c.down", "r.down", "d.down")) {
      resources.add(new Resource(id, new DataRate(10), 0));
    }
    resources.add(new Resource("wan", wan, 0.5));
    List<Host> hosts =
        List.of(
            new Host("a", "A", List.of("a.up"), List.of()),
            new Host("b", "B", List.of("b.up"), List.of("b.down"), false, storageOfB, null),
            new Host("c", "B", List.of(), List.of("c.down")),
            new Host("d", "B", List.of(), List.of("d.down")),
            new Host("r", "B", List.of(), List.of("r.down"), true, null, null),
            new Host("x", "X", List.of(), List.of()));
    Network network = new Network(resources, List.of(new Path("A", "B", List.of("wan"))), hosts);
    return new Problem(
        "fixture",
        "",
        network,
        List.of(new FileSpec("f", 1, LAYOUT), new FileSpec("empty", 1, new BlockLayout(0, 10))),
        holdings,
        generations,
        inProgress,
        demands,
        OBJECTIVE);
  }

  private static Copy copy(String from, String to, int first, int last, double start, double rate) {
    return new Copy("f", from, to, first, last, start, rate);
  }

  private static Copy toB() {
    return copy("a", "b", 0, 2, 0, 10);
  }

  /** One block behind the first copy, to the instant. */
  private static Copy toC() {
    return copy("b", "c", 0, 2, 1, 10);
  }

  private Verdict check(Copy... copies) {
    return ScheduleChecker.check(problem(), List.of(copies));
  }

  private void assertOnly(Kind kind, String place, Copy... copies) {
    Verdict v = check(copies);
    assertThat(v.violations()).as("%s", v.violations()).hasSize(1);
    assertThat(v.violationCount()).isEqualTo(1);
    assertThat(v.violations().get(0).kind()).isEqualTo(kind);
    assertThat(v.violations().get(0).place()).isEqualTo(place);
  }

  private void assertValid(Copy... copies) {
    assertThat(check(copies).violations()).isEmpty();
  }

  @Test
  void pipelineIsValidAndItsFiguresAreRight() {
    Verdict v = check(toB(), toC());
    assertThat(v.violations()).isEmpty();
    assertThat(v.valid()).isTrue();
    assertThat(v.makespan()).isEqualTo(3.5);
    assertThat(v.weightedCompletion()).isEqualTo(2 * 2.5 + 3.5);
    assertThat(v.cost()).isEqualTo(25 * 0.5);
    assertThat(v.lateness()).isEqualTo(2 * 1.5);
    assertThat(v.score()).isEqualTo(3.5 + 0.5 * 8.5 + 2 * 12.5 + 3 * 3);
    assertThat(ScheduleChecker.figures(problem(), List.of(toB(), toC())))
        .isEqualTo(new Figures(3.5, 8.5, 12.5, 3, v.score()));
  }

  @Test
  void capacityIsKeptToOnePartInAMillion() {
    double within = 10 * (1 + 0.9e-6);
    assertValid(copy("a", "b", 0, 2, 0, within), toC());
    double over = 10 * (1 + 1.1e-6);
    Verdict v = check(copy("a", "b", 0, 2, 0, over), toC());
    assertThat(v.violations()).extracting(Violation::kind).containsOnly(Kind.CAPACITY);
    assertThat(v.violations())
        .extracting(Violation::place)
        .containsExactlyInAnyOrder("a.up", "b.down", "wan");
  }

  @Test
  void copiesThatShareAResourceAddUp() {
    Copy slowToC = copy("a", "c", 0, 2, 2.4, 10);
    assertThat(check(toB(), slowToC).violations())
        .extracting(Violation::place)
        .containsExactlyInAnyOrder("a.up", "wan");
    assertValid(toB(), copy("a", "c", 0, 2, 2.5, 10));
  }

  @Test
  void copiesMayFollowEachOtherWithinRounding() {
    double tolerance = 1e-9 + 1e-9 * 2.5;
    assertValid(toB(), copy("a", "c", 0, 2, 2.5 - 0.9 * tolerance, 10));
    assertThat(check(toB(), copy("a", "c", 0, 2, 2.5 - 1.1 * tolerance, 10)).valid()).isFalse();
  }

  @Test
  void resourceThatIsDownCarriesNothing() {
    wan = DataRate.ZERO;
    assertOnly(Kind.CAPACITY, "wan", toB(), toC());
  }

  @Test
  void copiesInProgressAloneMayExceedACapacity() {
    wan = new DataRate(1);
    inProgress.add(toB());
    assertValid(toC());
  }

  @Test
  void copiesGetNothingWhereThoseInProgressExceedTheCapacity() {
    wan = new DataRate(2);
    inProgress.add(copy("a", "b", 0, 2, -1, 5));
    Copy elsewhere = copy("a", "c", 0, 2, 3.9, 2);
    assertThat(check(elsewhere).violations()).extracting(Violation::place).containsExactly("wan");
    assertValid(copy("a", "c", 0, 2, 4, 2));
  }

  @Test
  void senderMustHoldABlockWhenItsTransferBegins() {
    double late = 1e-6; // of the second the block takes
    assertValid(toB(), copy("b", "c", 0, 2, 1 - 0.9 * late, 10));
    assertOnly(Kind.SENDER_HOLDS, "copies[1]", toB(), copy("b", "c", 0, 2, 1 - 1.1 * late, 10));
  }

  @Test
  void fasterCopyMayNotOvertakeTheOneItFollows() {
    Copy slow = copy("a", "b", 0, 2, 0, 5);
    // Block 2 reaches b at 5 s; at full speed from 3 s on its transfer to c would begin at 5 s.
    assertValid(slow, copy("b", "c", 0, 2, 3, 10));
    assertOnly(Kind.SENDER_HOLDS, "copies[1]", slow, copy("b", "c", 0, 2, 2.9, 10));
  }

  @Test
  void hostThatNeverHoldsABlockCannotSendIt() {
    Verdict v = check(toB(), copy("r", "c", 0, 2, 5, 10));
    assertThat(v.violations())
        .singleElement()
        .hasToString("copies[1]: block 0 of 'f' leaves 'r' at 5.000000 s, which never holds it");
  }

  @Test
  void generatedBlocksAreHeldOnceTheyAreMade() {
    holdings.clear();
    generations.add(new Generation("a", "f", 0, 2, 1, 5));
    // Made at 3, 5 and 6 s.
    assertValid(copy("a", "b", 0, 2, 4, 10), copy("b", "c", 0, 2, 5, 10));
    assertThat(check(copy("a", "b", 0, 2, 3.9, 10), copy("b", "c", 0, 2, 5, 10)).violations())
        .extracting(Violation::kind)
        .containsOnly(Kind.SENDER_HOLDS);
  }

  @Test
  void demandMustBeMet() {
    assertOnly(Kind.DEMAND, "c", toB(), copy("b", "c", 0, 1, 1, 10));
    Verdict v = check(toB(), copy("b", "c", 0, 1, 1, 10));
    assertThat(v.makespan()).as("over the demands that are met").isEqualTo(2.5);
    assertThat(v.violations().get(0)).hasToString("c: 1 blocks of 'f' never arrive");
  }

  @Test
  void demandForAnEmptyFileIsMetAtOnce() {
    demands.clear();
    demands.add(new Demand("x", "empty"));
    assertThat(check().valid()).isTrue();
    assertThat(check().makespan()).isZero();
  }

  @Test
  void hostIsSentOnlyWhatItDemandsUnlessItIsARelay() {
    assertOnly(Kind.UNWANTED, "copies[2]", toB(), toC(), copy("a", "d", 0, 0, 9, 10));
    assertValid(toB(), toC(), copy("a", "r", 0, 0, 9, 10));
    inProgress.add(copy("a", "d", 0, 0, 9, 10));
    assertValid(toB(), toC());
  }

  @Test
  void hostIsSentNoMoreThanItHasStorageFor() {
    storageOfB = new DataSize(24);
    assertOnly(Kind.STORAGE, "b", toB(), toC());
    inProgress.add(toB());
    assertOnly(Kind.STORAGE, "b", toC());
  }

  @Test
  void whatIsHeldAtTheStartTakesNoStorage() {
    storageOfB = new DataSize(5);
    holdings.add(new Holding("b", "f", BlockSet.prefix(2)));
    assertValid(copy("a", "b", 2, 2, 0, 10), toC());
  }

  @Test
  void blockIsNotSentToWhoHasItOrGetsItOtherwise() {
    assertOnly(Kind.DUPLICATE, "copies[2]", toB(), toC(), copy("a", "c", 1, 1, 9, 10));
    Verdict v = check(toB(), toC(), copy("a", "c", 0, 2, 9, 10));
    assertThat(v.violationCount()).as("one for each block").isEqualTo(3);
    assertThat(v.makespan()).as("the earlier arrival counts").isEqualTo(3.5);
  }

  @Test
  void blockThatIsUnderWayIsNotSentAgain() {
    inProgress.add(copy("a", "c", 0, 0, -0.5, 10));
    assertThat(check(toB(), copy("b", "c", 0, 2, 1, 10)).violations())
        .extracting(Violation::kind)
        .contains(Kind.DUPLICATE);
    assertValid(copy("a", "b", 0, 2, 0.5, 10), copy("b", "c", 1, 2, 2.5, 10));
  }

  @Test
  void copyNeedsAPathInItsDirection() {
    demands.clear();
    Verdict v = check(copy("b", "a", 0, 0, 0, 1));
    assertThat(v.violations()).extracting(Violation::kind).contains(Kind.NO_PATH);
    holdings.add(new Holding("r", "f", BlockSet.prefix(1)));
    assertThat(check(copy("r", "r", 0, 0, 0, 1)).violations())
        .extracting(Violation::toString)
        .contains("copies[0]: from 'r' to itself");
  }

  @Test
  void statedFiguresMustBeTrue() {
    Problem problem = problem();
    List<Copy> copies = List.of(toB(), toC());
    double score = check(toB(), toC()).score();
    assertThat(stated(problem, 3.5, 3.5, 12.5, score, copies).valid()).isTrue();
    assertThat(stated(problem, 3.5 * (1 + 0.9e-5), 0, 12.5, score, copies).valid()).isTrue();
    for (Verdict v :
        List.of(
            stated(problem, 3.5 * (1 + 1.1e-5), 0, 12.5, score, copies),
            stated(problem, 3.5, 0, 12.6, score, copies),
            stated(problem, 3.5, 0, 12.5, score + 1, copies),
            stated(problem, 3.5, 3.5 * (1 + 2e-6), 12.5, score, copies),
            stated(problem, Double.NaN, 0, 12.5, score, copies))) {
      assertThat(v.violations()).extracting(Violation::kind).containsExactly(Kind.FIGURE);
    }
  }

  private static Verdict stated(
      Problem problem,
      double makespan,
      double bound,
      double cost,
      double score,
      List<Copy> copies) {
    return ScheduleChecker.check(
        problem, new Schedule("fixture", "by hand", makespan, bound, cost, score, 0, copies));
  }

  @Test
  void keepsTwentyViolationsWithOneOfEachKindAmongThem() {
    demands.add(new Demand("x", "f"));
    List<Copy> copies = new ArrayList<>(List.of(toB(), toC()));
    for (int i = 0; i < 30; i++) {
      copies.add(copy("a", "b", 0, 2, 100 + 10 * i, 10));
    }
    Verdict v = ScheduleChecker.check(problem(), copies);
    assertThat(v.violationCount()).isEqualTo(90 + 1 + 1);
    assertThat(v.violations()).hasSize(20);
    assertThat(v.violations())
        .extracting(Violation::kind)
        .contains(Kind.DUPLICATE, Kind.DEMAND, Kind.STORAGE);
  }

  @Test
  void namesThatTheProblemDoesNotHaveAreABug() {
    for (Copy bad :
        List.of(
            new Copy("f", "a", "nobody", 0, 0, 0, 1),
            new Copy("g", "a", "b", 0, 0, 0, 1),
            copy("a", "b", 0, 3, 0, 1),
            copy("a", "b", 0, 0, -1, 1))) {
      assertThatThrownBy(() -> check(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void schedulesDrawnAtRandomAreValid(long firstSeed) {
    for (long seed = 1000 * firstSeed; seed < 1000 * firstSeed + 100; seed++) {
      RandomCase drawn = new RandomCase(seed);
      Schedule schedule = drawn.schedule();
      Verdict v = ScheduleChecker.check(drawn.problem(), schedule);
      assertThat(v.violations()).as("seed %d", seed).isEmpty();
      assertThat(v.makespan()).isCloseTo(schedule.makespan(), within(0.0));
    }
  }
}
