package dev.waybill.planner.solve.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedHypercubeTest {
  private static final int MOST_RECEIVERS = 1000;

  @ParameterizedTest(name = "{0} items")
  @ValueSource(ints = {1, 2, 3, 8, 10, 31})
  void everyNumberOfReceiversIsServedInTheLeastNumberOfRounds(int items) {
    for (int receivers = 1; receivers <= MOST_RECEIVERS; receivers++) {
      play(receivers, items);
    }
  }

  @Test
  void everyNumberOfItemsReachesFewReceiversInTheLeastNumberOfRounds() {
    for (int receivers = 1; receivers <= 24; receivers++) {
      for (int items = 1; items <= 300; items++) {
        play(receivers, items);
      }
    }
  }

  @ParameterizedTest(name = "{0} receivers")
  @ValueSource(ints = {127, 128, 300, 511, 512, 767, 1000})
  void manyItemsReachThemToo(int receivers) {
    play(receivers, 299);
    play(receivers, 300);
  }

  @ParameterizedTest(name = "{0} receivers")
  @ValueSource(ints = {4095, 4096, 10_000, 65_535})
  void manyReceiversAreServedToo(int receivers) {
    play(receivers, 20);
  }

  private static void play(int receivers, int items) {
    Game game = new Game(receivers, items);
    PairedHypercube.broadcast(receivers, items, game);
    game.end();
  }

  /** Plays the hops by the rules: one out and one in for each in a round, what is held before. */
  private static final class Game implements Hops {
    private final int receivers;
    private final int items;
    private final int[] lastSent;
    private final int[] lastReceived;
    private final int[] arriving;
    private final BitSet held = new BitSet();
    private int now;
    private long hops;

    Game(int receivers, int items) {
      this.receivers = receivers;
      this.items = items;
      lastSent = never(receivers);
      lastReceived = never(receivers);
      arriving = new int[receivers + 1];
    }

    private static int[] never(int receivers) {
      int[] rounds = new int[receivers + 1];
      Arrays.fill(rounds, -1);
      return rounds;
    }

    @Override
    public void hop(int round, int from, int to, int item) {
      if (round != now) {
        require(round > now, round, from, to);
        arrive();
        now = round;
      }
      require(item >= 0 && item < items && to >= 1 && to <= receivers, round, from, to);
      require(lastSent[from] != round && lastReceived[to] != round, round, from, to);
      require(from == 0 || held.get(place(from, item)), round, from, to);
      require(!held.get(place(to, item)), round, from, to);
      lastSent[from] = round;
      lastReceived[to] = round;
      arriving[to] = item;
      hops++;
    }

    private void arrive() {
      for (int h = 1; h <= receivers; h++) {
        if (lastReceived[h] == now) {
          held.set(place(h, arriving[h]));
        }
      }
    }

    private int place(int host, int item) {
      return (host - 1) * items + item;
    }

    private void require(boolean kept, int round, int from, int to) {
      if (!kept) {
        throw new AssertionError(
            receivers + " receivers, " + items + " items: " + round + ", " + from + "->" + to);
      }
    }

    void end() {
      arrive();
      int doublings = (int) Math.floor(Math.log(receivers) / Math.log(2) + 1e-9);
      assertThat(now + 1).isEqualTo(items + doublings);
      assertThat(hops).isEqualTo((long) receivers * items);
      assertThat(held.cardinality()).isEqualTo(receivers * items);
    }
  }
}
