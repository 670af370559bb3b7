package dev.waybill.planner.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arborescences against all that there are. */
class ArborescenceTest {
  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheCheapest(long seed) {
    double[][] cost = graph(seed);
    int[] from = Arborescence.of(cost, 0);
    double least = cheapest(cost, IntStream.range(1, cost.length).toArray());
    if (from.length == 0) {
      assertThat(least).isInfinite();
    } else {
      assertThat(cost(cost, from)).isCloseTo(least, within(1e-9));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSteinerTreeIsNotBelowItsBoundAndTheBoundNotAboveTheCheapest(long seed) {
    double[][] cost = graph(seed);
    int[] terminals = IntStream.range(1, cost.length).filter(i -> i % 2 == 1).toArray();
    SteinerArborescence steiner = new SteinerArborescence(cost, 0, terminals);
    double least = cheapest(cost, terminals);
    if (Double.isInfinite(least)) {
      assertThat(steiner.lowerBound()).isInfinite();
      return;
    }
    assertThat(steiner.lowerBound()).isLessThanOrEqualTo(least + 1e-9);
    int[] from = steiner.tree();
    for (int t : terminals) {
      assertThat(reaches(from, t)).isTrue();
    }
    assertThat(cost(cost, from)).isBetween(least - 1e-9, 2 * least + 1e-9);
  }

  private static double[][] graph(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 2 + random.nextInt(5);
    double[][] cost = new double[n][n];
    for (double[] row : cost) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(6);
      }
    }
    return cost;
  }

  private static double cost(double[][] cost, int[] from) {
    return IntStream.range(1, from.length)
        .filter(i -> from[i] != i)
        .mapToDouble(i -> cost[from[i]][i])
        .sum();
  }

  private static boolean reaches(int[] from, int node) {
    int at = node;
    for (int i = 0; i < from.length && at != 0 && from[at] != at; i++) {
      at = from[at];
    }
    return at == 0;
  }

  /** Over every choice of one edge in, or none, for each node. */
  private static double cheapest(double[][] cost, int[] terminals) {
    int n = cost.length;
    double least = Double.POSITIVE_INFINITY;
    int[] from = new int[n];
    for (long choice = 0; choice < Math.pow(n, n - 1); choice++) {
      long rest = choice;
      for (int i = 1; i < n; i++) {
        from[i] = (int) (rest % n);
        rest /= n;
      }
      if (IntStream.of(terminals).allMatch(t -> reaches(from, t))) {
        least = Math.min(least, cost(cost, from));
      }
    }
    return least;
  }
}
