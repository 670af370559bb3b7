package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final double RATE = 100_000;
  private static final FileId FILE = new FileId("a.bin", 1);

  private final Network network =
      new Network(
          List.of(new Resource("up", new DataRate(RATE), 0)),
          List.of(),
          List.of(
              new Host("h1", "here", List.of("up"), List.of()),
              new Host("h2", "here", List.of("up"), List.of()),
              new Host("h3", "here", List.of(), List.of())));

  private final Traffic traffic = new Traffic(network);

  /** The last block that a sender holds. */
  private int leading = 9;

  /** What every receiver holds. */
  private BlockSet held = BlockSet.EMPTY;

  private long blockBytes = 100_000;

  /** Of every running copy. */
  private double secondsLeft;

  /** What is ordered has to be there in so many seconds. */
  private double window = 1e9;

  private long copies = 1;
  private final Traffic.Running first = running(1, "h2", 1_000_000, 0);

  @Test
  void whatAnEndedCopyHasIsFreeOnceItsReceiverFollowsOrdersWithoutIt() {
    endsWhileAnotherWaits();
    assertThat(released(2)).isEmpty();
    traffic.follows("h2", 6);
    traffic.follows("h3", 7);
    assertThat(released(2)).isEmpty();
    traffic.follows("h2", 7);
    assertThat(released(2)).hasSize(1);
    assertThat(traffic.ledger().allocated("up")).isEqualTo(RATE);
  }

  @Test
  void whatAnEndedCopyHasIsFreeWhenItsReceiverCountsAsGone() {
    endsWhileAnotherWaits();
    assertThat(released(9.9)).isEmpty();
    assertThat(released(10)).hasSize(1);
  }

  /**
   * All go over one resource and h2 holds the first block; what is left of its copy must not stand
   * before the one that brings the second block to it.
   */
  @Test
  void whatIsLeftOfACopyStandsBehindTheCopyThatBringsIt() {
    plan(
        new Traffic.Planned(FILE, "h2", "h3", 0, 1, 0, RATE),
        new Traffic.Planned(FILE, "h1", "h2", 1, 1, 0.5, RATE));
    leading = 0;
    assertThat(released(0)).extracting(Traffic.Running::to).containsExactly("h3");
    traffic.end(2);
    assertThat(traffic.waiting()).extracting(Traffic.Planned::to).containsExactly("h2", "h3");
    leading = 9;
    assertThat(released(1)).extracting(Traffic.Running::to).containsExactly("h2");
    traffic.end(3);
    assertThat(released(2)).extracting(Traffic.Running::to).containsExactly("h3");
    assertThat(traffic.waitingCount()).isZero();
  }

  /** Each is over in a hundredth of a second: five of them at once are the rate of 50 ms. */
  @Test
  void smallCopiesDoNotWaitForEachOthersEndsToBeReported() {
    blockBytes = 1000;
    planSingleBlocks(7);
    List<Traffic.Running> running = released(0);
    assertThat(running).hasSize(5);
    assertThat(traffic.ledger().allocated("up")).isEqualTo(RATE);
    running.forEach(r -> traffic.end(r.order().id()));
    assertThat(released(0.04)).as("before the time that their shares are an average of").isEmpty();
    assertThat(released(0.06)).hasSize(2);
  }

  @Test
  void aHostIsNotGivenAnyNumberOfSmallCopiesAtOnce() {
    blockBytes = 1;
    leading = 99;
    planSingleBlocks(100);
    List<Traffic.Running> running = released(0);
    assertThat(running).hasSize(64);
    running.subList(0, 10).forEach(r -> traffic.end(r.order().id()));
    assertThat(released(0.01)).hasSize(10);
  }

  @Test
  void whoWaitsForItsBlocksHoldsUpNobodyThatLeavesRoomForIt() {
    plan(
        new Traffic.Planned(FILE, "h1", "h2", 5, 5, 0, RATE / 2),
        new Traffic.Planned(FILE, "h1", "h3", 0, 0, 1, RATE / 2),
        new Traffic.Planned(FILE, "h2", "h3", 1, 1, 2, RATE));
    leading = 4;
    assertThat(released(0)).extracting(r -> r.order().first()).containsExactly(0);
    traffic.end(2);
    assertThat(released(2)).as("it would take the room").isEmpty();
    leading = 5;
    traffic.touch("h1");
    assertThat(released(3)).extracting(r -> r.order().first()).containsExactly(5);
    traffic.end(3);
    assertThat(released(4)).extracting(r -> r.order().first()).containsExactly(1);
    traffic.end(4);
    assertThat(traffic.waitingCount()).isZero();
    assertThat(traffic.ledger().fits(Set.of("up"), RATE)).isTrue();
  }

  @Test
  void whoHasNoRoomAnyMoreWaitsInItsQueuesAgain() {
    secondsLeft = 0.1;
    plan(
        new Traffic.Planned(FILE, "h1", "h2", 0, 0, 0, RATE / 2),
        new Traffic.Planned(FILE, "h1", "h2", 5, 5, 1, RATE / 2),
        new Traffic.Planned(FILE, "h1", "h3", 6, 6, 2, RATE / 4));
    leading = 4;
    assertThat(released(0)).extracting(r -> r.order().first()).containsExactly(0);
    traffic.ledger().capacities(List.of(new Resource("up", new DataRate(0.9 * RATE), 0)));
    leading = 6;
    traffic.touchAll();
    assertThat(released(1)).isEmpty();
    traffic.end(2);
    assertThat(released(2)).extracting(r -> r.order().first()).containsExactly(5, 6);
    traffic.end(3);
    traffic.end(4);
    assertThat(traffic.ledger().fits(Set.of("up"), 0.9 * RATE)).isTrue();
  }

  @Test
  void whoNeedsNothingAnyMoreLeavesItsRoomToTheNext() {
    plan(
        new Traffic.Planned(FILE, "h1", "h2", 5, 5, 0, RATE / 2),
        new Traffic.Planned(FILE, "h1", "h3", 0, 0, 1, RATE));
    leading = 4;
    assertThat(released(0)).isEmpty();
    held = BlockSet.of(5, 5);
    traffic.touch("h2");
    assertThat(released(1)).extracting(r -> r.order().first()).containsExactly(0);
  }

  @Test
  void anotherScheduleLeavesNoRoomForTheWaitingOnesOfTheLast() {
    plan(new Traffic.Planned(FILE, "h1", "h2", 5, 5, 0, RATE / 2));
    leading = 4;
    assertThat(released(0)).isEmpty();
    plan(new Traffic.Planned(FILE, "h1", "h3", 0, 0, 0, RATE));
    assertThat(released(1)).hasSize(1);
  }

  @Test
  void smallCopiesThatAreToTakeLongTakeNoMoreThanHalfASecondWhereThereIsRoom() {
    blockBytes = 10_000;
    plan(
        new Traffic.Planned(FILE, "h1", "h3", 3, 3, 0, RATE / 2),
        new Traffic.Planned(FILE, "h1", "h2", 0, 0, 0, RATE / 100),
        new Traffic.Planned(FILE, "h1", "h3", 1, 1, 0, RATE / 100),
        new Traffic.Planned(FILE, "h1", "h3", 2, 2, 0, RATE / 100));
    assertThat(released(0))
        .as("they come before what begins with them and takes all")
        .extracting(r -> r.order().rate())
        .containsExactly(4.0 * blockBytes, 4.0 * blockBytes, 2.0 * blockBytes);
  }

  @Test
  void whoIsSoonerDoneWithWhatIsLeftDoesNotWaitForAllOfItsRate() {
    secondsLeft = 5;
    sevenTenthsAreTaken();
    plan(new Traffic.Planned(FILE, "h1", "h3", 0, 0, 0, 0.5 * RATE));
    assertThat(released(0))
        .as("3.3 s from now, and 7 s if it waits")
        .extracting(r -> r.order().rate())
        .satisfiesExactly(rate -> assertThat(rate).isCloseTo(0.3 * RATE, within(1.0)));
    assertThat(traffic.ledger().allocated("up")).isCloseTo(RATE, within(1.0));
  }

  @Test
  void whoHasItsRateSoonWaitsForIt() {
    secondsLeft = 0.5;
    sevenTenthsAreTaken();
    plan(new Traffic.Planned(FILE, "h1", "h3", 0, 0, 0, 0.5 * RATE));
    assertThat(released(0)).isEmpty();
    traffic.end(2);
    assertThat(released(0.5)).extracting(r -> r.order().rate()).containsExactly(0.5 * RATE);
  }

  @Test
  void whoTakesWhatIsLeftTakesNoMoreBlocksThanAreThereBeforeAWindowCloses() {
    secondsLeft = 5;
    sevenTenthsAreTaken();
    plan(new Traffic.Planned(FILE, "h1", "h3", 0, 1, 0, 0.5 * RATE));
    window = 4;
    assertThat(released(0))
        .as("two blocks at half the rate, one at what is left")
        .extracting(r -> r.order().last())
        .containsExactly(0);
    traffic.end(3);
    window = 3;
    assertThat(released(0)).as("not even one").isEmpty();
  }

  @Test
  void whoIsPlannedAtMoreThanAResourceIsBelievedToHaveTakesThat() {
    plan(
        new Traffic.Planned(FILE, "h1", "h2", 0, 999, 0, RATE),
        new Traffic.Planned(FILE, "h1", "h3", 5, 5, 1, RATE));
    leading = 499;
    traffic.ledger().capacities(List.of(new Resource("up", new DataRate(0.3 * RATE), 0)));
    assertThat(released(0)).extracting(r -> r.order().rate()).containsExactly(0.3 * RATE);
    assertThat(traffic.waiting()).extracting(Traffic.Planned::rate).containsExactly(RATE, RATE);
  }

  /** By copy 2. */
  private void sevenTenthsAreTaken() {
    plan(new Traffic.Planned(FILE, "h1", "h2", 0, 2, 0, 0.7 * RATE));
    assertThat(released(0)).hasSize(1);
  }

  private void plan(Traffic.Planned... copies) {
    traffic.plan(new WaitingCopies(List.of(copies), network));
  }

  private void planSingleBlocks(int blocks) {
    List<Traffic.Planned> small = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      small.add(new Traffic.Planned(FILE, "h1", "h3", block, block, block, RATE));
    }
    traffic.plan(new WaitingCopies(small, network));
  }

  /** The receiver is to hear of it with revision 7, within 10 s. */
  private void endsWhileAnotherWaits() {
    traffic.adopt(first);
    traffic.retire(first, 7, 10);
    assertThat(traffic.running()).isEmpty();
    plan(new Traffic.Planned(FILE, "h1", "h3", 0, 9, 0, RATE));
  }

  private static Traffic.Running running(long id, String to, long bytes, double now) {
    CopyOrder order = new CopyOrder(id, FILE, "h1", "h1:1", 0, 9, RATE);
    return new Traffic.Running(order, to, 1, now, bytes);
  }

  private List<Traffic.Running> released(double now) {
    return traffic.release(
        new Traffic.Gate() {
          @Override
          public Traffic.Running order(Traffic.Planned planned, BlockRange blocks) {
            CopyOrder order =
                new CopyOrder(
                    ++copies, FILE, "h1", "h1:1", blocks.first(), blocks.last(), planned.rate());
            return new Traffic.Running(order, planned.to(), 1, now, bytes(planned, blocks));
          }

          @Override
          public BlockSet lacking(Traffic.Planned planned) {
            return BlockSet.of(planned.first(), planned.last()).minus(held);
          }

          @Override
          public long bytes(Traffic.Planned planned, BlockRange blocks) {
            return blockBytes * (blocks.last() + 1 - blocks.first());
          }

          @Override
          public BlockRange ready(Traffic.Planned planned, BlockRange blocks) {
            int fit = (int) Math.min(1e6, window * planned.rate() / blockBytes);
            int last = Math.min(Math.min(blocks.last(), leading), blocks.first() + fit - 1);
            return last < blocks.first() ? null : new BlockRange(blocks.first(), last);
          }

          @Override
          public boolean goesAt(double rate, Traffic.Planned planned, BlockRange blocks) {
            return blocks.last() <= leading;
          }

          @Override
          public double secondsLeft(Traffic.Running copy) {
            return secondsLeft;
          }

          @Override
          public boolean open(Traffic.Planned planned) {
            return true;
          }
        },
        now);
  }
}
