package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GenerationRateTest {
  private static final long BLOCK = 1 << 20;

  private final GenerationRate rate = new GenerationRate();
  private double now = 1_000_000;
  private int blocks;

  /** Blocks are announced one at a time. */
  private void make(double blocksPerSecond, double seconds) {
    double begin = now;
    for (int i = 1; i <= Math.round(blocksPerSecond * seconds); i++) {
      now = begin + i / blocksPerSecond;
      rate.made(++blocks * BLOCK, now);
    }
    now = begin + seconds;
  }

  private void assertRate(double blocksPerSecond, Offset<Double> offset) {
    assertThat(rate.bytesPerSecond()).isNotNull();
    assertThat(rate.bytesPerSecond() / BLOCK).isCloseTo(blocksPerSecond, offset);
  }

  @Test
  void aSteadyRateIsSeenHoweverFastItIs() {
    for (double r : new double[] {0.05, 1, 7, 150}) {
      rate.started();
      make(r, Math.max(12, 6 / r));
      assertRate(r, within(0.01 * r));
    }
  }

  @Test
  void whoHasJustStartedHasNoRateYet() {
    make(20, 0.9);
    assertThat(rate.bytesPerSecond()).isNull();
    make(20, 0.5);
    assertRate(20, within(0.5));
    rate.started();
    assertThat(rate.bytesPerSecond()).isNull();
  }

  @Test
  void theWaitForTheFirstBlockIsNoRate() {
    now += 60;
    make(1, 3);
    assertRate(1, within(0.01));
  }

  @Test
  void aPauseIsNotTakenForASlowGenerator() {
    make(4, 10);
    now += 8;
    make(4, 1);
    assertRate(4, within(0.2));
    make(4, 4);
    assertRate(4, within(2.5));
    make(4, 10);
    assertRate(4, within(0.01));
  }

  @Test
  void aBurstIsForgottenOnceItIsAThirdOfWhatIsLookedAt() {
    make(1, 20);
    make(200, 2);
    assertRate(1, within(0.1));
    make(1, 20);
    assertRate(1, within(0.1));
  }

  @Test
  void whatLayThereBeforeAFileIsFollowedCountsForALittleWhileOnly() {
    make(400, 2);
    make(1, 14);
    assertRate(1, within(0.2));
  }

  @Test
  void blocksThatComeInHeapsHaveTheRateOfTheHeaps() {
    for (int heap = 0; heap < 12; heap++) {
      make(1, 1); // The first of a heap is announced on its own, as soon as it is there.
      blocks += 9;
      rate.made(blocks * BLOCK, now + 0.05);
    }
    assertRate(10, within(1.0));
  }

  @Test
  void aRateThatChangesIsFollowed() {
    make(4, 20);
    make(0.25, 40);
    assertRate(0.25, within(0.01));
    make(8, 10);
    assertRate(8, within(0.5));
  }
}
