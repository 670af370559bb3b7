package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.FreeCapacity;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The best lower bound on the makespan that prices have proven so far in a packing: the least T at
 * which all capacity from {@code from} to T is worth what the cheapest trees cost.
 */
final class Proof {
  private final PooledNetwork network;
  private final FreeCapacity free;
  private final double from;
  private double seconds;
  private double[] prices;

  /**
   * @param from seconds before which nothing of what is counted can be sent
   */
  Proof(PooledNetwork network, FreeCapacity free, double from) {
    this.network = network;
    this.free = free;
    this.from = from;
    prices = new double[network.rows.size()];
  }

  double seconds() {
    return seconds;
  }

  /** By constraint, the prices of a byte that prove it. */
  double[] prices() {
    return prices;
  }

  /** No tree at all: what is needed never comes. */
  void never() {
    seconds = Double.POSITIVE_INFINITY;
  }

  /**
   * Keeps {@code candidate} where it proves more.
   *
   * @param demand what the cheapest trees of all commodities cost at these prices
   */
  void offer(double[] candidate, double demand) {
    double proven = seconds(candidate, demand);
    if (proven > seconds) {
      seconds = proven;
      prices = candidate;
    }
  }

  private double seconds(double[] candidate, double demand) {
    double[] byResource = byResource(candidate);
    int[] priced = IntStream.range(0, byResource.length).filter(r -> byResource[r] > 0).toArray();
    double[] weights = Arrays.stream(priced).mapToDouble(r -> byResource[r]).toArray();
    double[] opens = new double[priced.length];
    Arrays.fill(opens, from);
    return free.earliest(priced, weights, opens, demand);
  }

  private double[] byResource(double[] of) {
    double[] byResource = new double[network.problem.capacity.length];
    for (int i = 0; i < of.length; i++) {
      for (int r : network.rows.get(i).resources()) {
        byResource[r] += of[i];
      }
    }
    return byResource;
  }

  /**
   * By resource, seconds that one byte per second more would save. By the implicit function
   * theorem: T solves sum of p V(T) = demand, so a resource's capacity moves it by -p (seconds in
   * which it is open) / sum of p V'(T).
   */
  double[] shadowPrices() {
    double[] shadow = byResource(prices);
    double growth = 0;
    for (int r = 0; r < shadow.length; r++) {
      growth += shadow[r] > 0 ? shadow[r] * free.rate(r, seconds) : 0;
    }
    for (int r = 0; r < shadow.length; r++) {
      shadow[r] =
          shadow[r] > 0 && growth > 0 && Double.isFinite(seconds)
              ? shadow[r] * free.openSeconds(r, from, seconds) / growth
              : 0;
    }
    return shadow;
  }
}
