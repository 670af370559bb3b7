package dev.waybill.planner.solve.flow;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How the flow solver divides the egress of hosts among trees before it grows them: how many
 * children each host may have in each tree.
 *
 * <p>With trees of rates x_k, host i with egress u_i is given counts c_ik with sum_k c_ik x_k <=
 * u_i so that the counts of each tree sum to what it needs. Two things make a division good. Little
 * is lost to rounding: with five or six unequal rates some combination comes within a percent of
 * nearly every u_i. And hosts have many children in one tree rather than one in each, as in
 * SplitStream (Castro et al., SOSP 2003), so that trees are shallow.
 */
final class FanOuts {
  /** How many fillings below the best are weighed. */
  private static final int WEIGHED = 16;

  private static final int FEWER = 1;

  private static final double ROUNDING = 1 + 1e-12;

  private final double[] rates;
  private final double all;
  private final Fillings fillings;
  private final double needWeight;
  private final double spreadWeight;
  private final double[] initialNeed;
  private final int[] need;

  /**
   * @param rates of the trees, bytes per second
   * @param need children by tree
   */
  FanOuts(double[] rates, Fillings fillings, int[] need, SplittableRandom random) {
    this.rates = rates;
    this.all = Arrays.stream(rates).sum();
    this.fillings = fillings;
    this.need = need;
    this.initialNeed = Arrays.stream(need).mapToDouble(n -> Math.max(1, n)).toArray();
    this.needWeight = 0.02 * Math.pow(6, random.nextDouble());
    this.spreadWeight = 0.0007 * Math.pow(12, random.nextDouble());
  }

  boolean met() {
    return Arrays.stream(need).allMatch(n -> n <= 0);
  }

  /** The children of a host of {@code egress} bytes per second in each tree. */
  int[] take(double egress) {
    int trees = rates.length;
    double[] ahead = new double[trees];
    for (int k = 0; k < trees; k++) {
      ahead[k] = needWeight * rates[k] / all * (1 - need[k] / initialNeed[k]);
    }
    int[] best = null;
    int bestMain = 0;
    int bestCount = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int main = 0; main < trees; main++) {
      int most = (int) Math.min(need[main], Math.floor(egress / rates[main] * ROUNDING));
      for (int count = most; count >= Math.max(0, most - FEWER) && need[main] > 0; count--) {
        double left = egress - count * rates[main];
        int end = fillings.upTo(left * ROUNDING);
        for (int f = end - 1; f >= Math.max(0, end - WEIGHED); f--) {
          double cost = (left - fillings.sum(f)) / all;
          if (cost >= least) {
            break;
          }
          int[] filling = fillings.counts(f);
          for (int k = 0; k < trees; k++) {
            int c = k == main ? filling[k] + count : filling[k];
            if (c > 0) {
              cost += c > need[k] ? Double.POSITIVE_INFINITY : c * ahead[k] + spreadWeight;
            }
          }
          if (cost < least) {
            least = cost;
            best = filling;
            bestMain = main;
            bestCount = count;
          }
        }
      }
    }
    if (best == null) {
      return new int[trees];
    }
    int[] counts = best.clone();
    counts[bestMain] += bestCount;
    for (int k = 0; k < trees; k++) {
      need[k] -= counts[k];
    }
    return counts;
  }
}
