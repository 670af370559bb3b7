package dev.waybill.planner.solve.tree;

import java.util.Arrays;

/**
 * What one packing of pipelined trees varies.
 *
 * @param shares of the rate that each tree of a class has; they sum to 1
 * @param depthWeight price of a level of depth
 * @param moneyWeight price of a byte's cost relative to the highest
 * @param relays whether trees may go through relays that nobody forces them through
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record TreeShape(double[] shares, double depthWeight, double moneyWeight, boolean relays) {
  /** {@code trees} trees of one rate. */
  public static double[] equal(int trees) {
    double[] shares = new double[trees];
    Arrays.fill(shares, 1.0 / trees);
    return shares;
  }

  /** {@code trees} trees, each with half the rate of the one before but for the last, the rest. */
  public static double[] halving(int trees) {
    double[] shares = new double[trees];
    double rest = 1;
    for (int k = 0; k < trees; k++) {
      shares[k] = k == trees - 1 ? rest : rest / 2;
      rest -= shares[k];
    }
    return shares;
  }
}
