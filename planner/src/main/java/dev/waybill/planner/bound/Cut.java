package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.FreeCapacity;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One lower bound of the planner: bytes that have to cross resources which can't carry them sooner.
 *
 * @param seconds the bound
 * @param because why, for people
 * @param resources indices of the resources that it rests on; empty where time itself binds
 * @param prices for each of them, seconds by which the bound falls for each byte per second more
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Cut(double seconds, String because, int[] resources, double[] prices) {
  static Cut none() {
    return new Cut(0, "every demand is met already", new int[0], new double[0]);
  }

  /** A bound that no resource's capacity changes. */
  static Cut ofTime(double seconds, String because) {
    return new Cut(seconds, because, new int[0], new double[0]);
  }

  /** Together {@code resources} have to carry {@code bytes}. */
  static Cut carrying(FreeCapacity free, int[] resources, double bytes, String because) {
    return carrying(free, resources, new double[resources.length], bytes, because);
  }

  /**
   * Together {@code resources} have to carry {@code bytes}, each from its own {@code opens} on. T
   * solves sum of V(T) = bytes, so the capacity of a resource moves it by -(seconds in which that
   * is open) / sum of V'(T).
   */
  static Cut carrying(
      FreeCapacity free, int[] resources, double[] opens, double bytes, String because) {
    double seconds = free.earliest(resources, opens, bytes);
    double growth = 0;
    for (int i = 0; i < resources.length; i++) {
      growth += opens[i] < seconds ? free.rate(resources[i], seconds) : 0;
    }
    double[] prices = new double[resources.length];
    for (int i = 0; i < prices.length; i++) {
      prices[i] =
          growth > 0 && Double.isFinite(seconds)
              ? free.openSeconds(resources[i], opens[i], seconds) / growth
              : 0;
    }
    return new Cut(seconds, because, resources, prices);
  }

  /**
   * The tighter of two: {@code resources} have to carry {@code bytes}, or all full blocks among
   * them, each of which goes over one of them as a whole. N blocks of B bytes over links of
   * capacities c take at least the least T with sum of floor(T c / B) = N.
   */
  static Cut carrying(
      FreeCapacity free, int[] resources, double[] opens, Volume volume, String because) {
    Cut fluid = carrying(free, resources, opens, volume.bytes(), because);
    double whole =
        volume.fullBlocks() == 0 || resources.length == 1
            ? 0
            : free.earliestWhole(resources, opens, volume.smallest(), volume.fullBlocks());
    if (whole <= fluid.seconds || Double.isInfinite(whole)) {
      return whole > fluid.seconds ? ofTime(whole, because) : fluid;
    }
    // Where one more block is enough then, each resource that completes one then would help.
    int[] last =
        IntStream.range(0, resources.length)
            .filter(i -> completes(free.volume(resources[i], opens[i], whole) / volume.smallest()))
            .toArray();
    long before = -last.length;
    for (int i = 0; i < resources.length; i++) {
      double blocks = free.volume(resources[i], opens[i], whole) / volume.smallest();
      before += (long) (blocks + 1e-6);
    }
    if (before != volume.fullBlocks() - 1) {
      return ofTime(whole, because);
    }
    double[] prices = new double[last.length];
    for (int k = 0; k < last.length; k++) {
      int r = resources[last[k]];
      double rate = free.rate(r, whole);
      prices[k] = rate > 0 ? free.openSeconds(r, opens[last[k]], whole) / rate : 0;
    }
    return new Cut(whole, because, Arrays.stream(last).map(i -> resources[i]).toArray(), prices);
  }

  private static boolean completes(double blocks) {
    return blocks > 0.5 && Math.abs(blocks - Math.rint(blocks)) < 1e-6;
  }

  /**
   * A bound that depends on the sum of the resources' capacities.
   *
   * @param secondsPerUnit by which it falls for each byte per second more of that sum
   */
  static Cut ofSum(double seconds, String because, int[] resources, double secondsPerUnit) {
    double[] prices = new double[resources.length];
    Arrays.fill(prices, secondsPerUnit);
    return new Cut(seconds, because, resources, prices);
  }

  Cut orTighter(Cut other) {
    return other.seconds > seconds ? other : this;
  }
}
