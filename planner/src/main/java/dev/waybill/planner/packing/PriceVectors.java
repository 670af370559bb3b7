package dev.waybill.planner.packing;

import java.util.BitSet;
import java.util.List;

/** Prices of a byte by constraint of a packing, of which the sum of price * capacity is 1. */
final class PriceVectors {
  private final List<Row> rows;
  private final double[] byCapacity;

  PriceVectors(List<Row> rows) {
    this.rows = rows;
    byCapacity = new double[rows.size()];
    long usable = rows.stream().filter(r -> r.capacity() > 0).count();
    for (int i = 0; i < byCapacity.length; i++) {
      double capacity = rows.get(i).capacity();
      byCapacity[i] = capacity > 0 ? 1 / (capacity * usable) : 0;
    }
  }

  /** Every constraint that can be used at all is worth the same. */
  double[] byCapacity() {
    return byCapacity;
  }

  /** A byte costs the same on each of {@code some}, as in the bound of Kumar and Ross. */
  double[] equal(BitSet some) {
    double[] prices = new double[rows.size()];
    double capacity = some.stream().mapToDouble(r -> rows.get(r).capacity()).sum();
    some.stream().forEach(r -> prices[r] = capacity > 0 ? 1 / capacity : 0);
    return prices;
  }

  static double[] mixed(double[] prices, double[] others, double weight) {
    double[] mixed = new double[prices.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (1 - weight) * prices[i] + weight * others[i];
    }
    return mixed;
  }
}
