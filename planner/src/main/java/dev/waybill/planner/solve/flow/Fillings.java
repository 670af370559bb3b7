package dev.waybill.planner.solve.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All ways of the flow solver to fill a little egress with channels of given rates: counts per tree
 * whose rates sum to no more than a limit, by that sum.
 */
final class Fillings {
  private static final int MOST = 4096;

  private final double[] sums;
  private final int[][] counts;

  private Fillings(List<int[]> all, double[] rates) {
    all.sort(Comparator.comparingDouble(c -> sum(c, rates)));
    counts = all.toArray(int[][]::new);
    sums = Arrays.stream(counts).mapToDouble(c -> sum(c, rates)).toArray();
  }

  /**
   * @param rates of one channel of each tree, above 0
   * @param limit the most that a filling may sum to
   * @param channels the most channels that one may have
   */
  static Fillings of(double[] rates, double limit, int channels) {
    List<int[]> all = new ArrayList<>();
    collect(rates, limit, channels, 0, new int[rates.length], all);
    return new Fillings(all, rates);
  }

  private static void collect(
      double[] rates, double left, int channels, int tree, int[] counts, List<int[]> all) {
    if (all.size() >= MOST) {
      return;
    }
    if (tree == rates.length) {
      all.add(counts.clone());
      return;
    }
    for (int c = 0; c <= channels && c * rates[tree] <= left; c++) {
      counts[tree] = c;
      collect(rates, left - c * rates[tree], channels - c, tree + 1, counts, all);
    }
    counts[tree] = 0;
  }

  private static double sum(int[] counts, double[] rates) {
    double sum = 0;
    for (int k = 0; k < rates.length; k++) {
      sum += counts[k] * rates[k];
    }
    return sum;
  }

  /** How many fillings sum to at most {@code limit}; the last of them sums to the most. */
  int upTo(double limit) {
    int low = 0;
    int high = sums.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] <= limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  double sum(int filling) {
    return sums[filling];
  }

  /** Channels by tree; not to be written to. */
  int[] counts(int filling) {
    return counts[filling];
  }
}
