package dev.waybill.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowerBoundTest {
  private static final double BLOCK_SECONDS = 1_000_000 / 12_500_000.0;

  /** Mundinger, Weber, Weiss: M + floor(log2 N) rounds for N equal receivers is the optimum. */
  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "1,7", "5,1", "5,3", "64,7", "64,8", "100,31", "3,1000"})
  void equalHostsNeedABlockTimePerBlockAndPerDoubling(int blocks, int receivers) {
    Bound bound = LowerBound.of(Topology.equal(receivers + 1).spread(blocks, 1_000_000));
    int doublings = 31 - Integer.numberOfLeadingZeros(receivers);
    assertThat(bound.seconds() / BLOCK_SECONDS).isCloseTo(blocks + doublings, within(1e-6));
  }

  @Test
  void unequalUploadsAreBoundByTheirSumAsKumarAndRossSay() {
    double bytes = 512 * 262_144.0;
    double total = 595 * 125_000.0;
    Bound bound = LowerBound.of(Topology.t3().spread(512, 262_144));
    assertThat(bound.seconds()).isBetween(15 * bytes / total, 1.02 * 15 * bytes / total);
    assertThat(bound.bottlenecks()).hasSize(16);
    assertThat(bound.bottlenecks().get(0).secondsPerUnit())
        .isBetween(bound.seconds() / total, 1.05 * bound.seconds() / total);
  }

  @Test
  void aSiteIsBoundByWhatJoinsItToTheOthers() {
    Bound bound = LowerBound.of(Topology.t2p().spread(512, 262_144));
    // 512 blocks come over two links, over one of them not before a block has been sent on.
    double fluid = 512 * 262_144 / (60 * 125_000.0);
    double blockOverLink = 262_144 / (30 * 125_000.0);
    assertThat(bound.seconds()).isCloseTo(fluid + blockOverLink, within(1e-6));
    assertThat(bound.because()).contains("the way to");
  }

  @Test
  void eachHopOfAChainCostsABlockTime() {
    Problem chain = chain(List.of(), List.of(), 10);
    assertThat(LowerBound.of(chain).seconds()).isCloseTo(11, within(1e-9));
  }

  @Test
  void whatIsMadeLaterArrivesLater() {
    Generation made = new Generation("a", "f", 6, 9, 20, 50);
    Bound bound = LowerBound.of(chain(List.of(made), List.of(), 6));
    assertThat(bound.seconds()).isCloseTo(20 + 400 / 50.0 + 1, within(1e-9));
    assertThat(bound.bottlenecks()).isEmpty();
  }

  /** Two receivers of a source of 100 B/s: what is made by 20 s can only be sent from then on. */
  @Test
  void whatIsMadeLateHasToBeSentInWhatTimeIsLeft() {
    Network network =
        new Network(
            List.of(resource("a.up"), resource("b.up")),
            List.of(),
            List.of(
                new Host("a", "A", List.of("a.up"), List.of()),
                new Host("b", "A", List.of("b.up"), List.of()),
                new Host("c", "A", List.of("b.up"), List.of()),
                new Host("d", "A", List.of("b.up"), List.of())));
    Generation made = new Generation("a", "f", 0, 9, 20, 1e9);
    Problem p =
        problem(
            network,
            List.of(made),
            List.of(),
            0,
            List.of(new Demand("b", "f"), new Demand("c", "f"), new Demand("d", "f")));
    assertThat(LowerBound.of(p).seconds()).isBetween(20 + 3000 / 200.0, 20 + 3000 / 200.0 + 2);
  }

  @Test
  void aCopyInProgressTakesCapacityAndBringsBlocks() {
    // Blocks 0..4 come to b at half its rate until 10 s; the other five then have 500 bytes left,
    // of which 500 fit beside it: 5 blocks at 50 until 10 s.
    Copy underWay = new Copy("f", "a", "b", 0, 4, 0, 50);
    Problem p = toB(List.of(underWay));
    assertThat(LowerBound.of(p).seconds()).isCloseTo(10, within(1e-9));
    Copy slow = new Copy("f", "a", "b", 0, 4, 0, 10);
    assertThat(LowerBound.of(toB(List.of(slow))).seconds()).isCloseTo(50, within(1e-9));
    Copy hog = new Copy("f", "a", "b", 0, 0, 0, 200);
    assertThat(LowerBound.of(toB(List.of(hog))).seconds()).isCloseTo(9.5, within(1e-6));
  }

  @Test
  void nothingToDoTakesNoTime() {
    assertThat(LowerBound.of(Topology.equal(1).spread(5, 10))).isEqualTo(Bound.NOTHING);
  }

  /** a -> r -> b, every interface 100 B/s, ten blocks of 100 B. */
  private static Problem chain(List<Generation> generations, List<Copy> inProgress, int held) {
    Network network =
        new Network(
            List.of(resource("a.up"), resource("r.up"), resource("r.down"), resource("b.down")),
            List.of(new Path("A", "R", List.of()), new Path("R", "B", List.of())),
            List.of(
                new Host("a", "A", List.of("a.up"), List.of()),
                new Host("r", "R", List.of("r.up"), List.of("r.down"), true, null, null),
                new Host("b", "B", List.of(), List.of("b.down"))));
    return problem(
        network,
        generations,
        inProgress,
        held,
        List.of(new Demand(generations.isEmpty() ? "b" : "r", "f")));
  }

  private static Problem toB(List<Copy> inProgress) {
    Network network =
        new Network(
            List.of(resource("b.down")),
            List.of(),
            List.of(
                new Host("a", "A", List.of(), List.of()),
                new Host("b", "A", List.of(), List.of("b.down"))));
    return problem(network, List.of(), inProgress, 10, List.of(new Demand("b", "f")));
  }

  private static Problem problem(
      Network network,
      List<Generation> generations,
      List<Copy> inProgress,
      int held,
      List<Demand> demands) {
    return new Problem(
        "p",
        "",
        network,
        List.of(new FileSpec("f", 1, new BlockLayout(1000, 100))),
        List.of(new Holding("a", "f", BlockSet.prefix(held))),
        generations,
        inProgress,
        demands,
        Objective.MAKESPAN);
  }

  private static Resource resource(String id) {
    return new Resource(id, new DataRate(100), 0);
  }
}
