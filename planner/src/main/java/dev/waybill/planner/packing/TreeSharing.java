package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.BlockClass;
import java.util.ArrayList;
import java.util.List;

/**
 * Shares the trees of a packing's commodities among their classes: the first class gets the first
 * trees, so that each class flows over few.
 */
final class TreeSharing {
  /** The share of its class below which a tree is left out, and the others carry its bytes. */
  private static final double SLIVER = 1e-6;

  private final List<Commodity> commodities;
  private final List<Column> columns;

  TreeSharing(List<Commodity> commodities, List<Column> columns) {
    this.commodities = commodities;
    this.columns = columns;
  }

  /**
   * @param shares by column, the share of its commodity that it carries; columns beyond carry none
   */
  List<PooledTree> share(List<Double> shares) {
    List<List<Integer>> carrying = new ArrayList<>();
    commodities.forEach(c -> carrying.add(new ArrayList<>()));
    for (int i = 0; i < shares.size(); i++) {
      if (shares.get(i) > SLIVER) {
        carrying.get(columns.get(i).commodity()).add(i);
      }
    }
    List<PooledTree> trees = new ArrayList<>();
    for (int c = 0; c < carrying.size(); c++) {
      share(commodities.get(c), carrying.get(c), shares, trees);
    }
    return trees;
  }

  private void share(
      Commodity commodity, List<Integer> carrying, List<Double> shares, List<PooledTree> out) {
    double sum = carrying.stream().mapToDouble(shares::get).sum();
    int at = 0;
    double left = 0;
    for (BlockClass blocks : commodity.classes()) {
      double needed = blocks.bytes();
      while (needed > 0 && at < carrying.size()) {
        left = left > 0 ? left : commodity.bytes() * shares.get(carrying.get(at)) / sum;
        boolean last = at == carrying.size() - 1;
        double bytes = last || left >= needed * (1 - SLIVER) ? needed : left;
        out.add(new PooledTree(blocks, bytes, columns.get(carrying.get(at)).edges()));
        needed -= bytes;
        left -= bytes;
        if (!last && left <= SLIVER * blocks.bytes()) {
          left = 0;
          at++;
        }
      }
    }
  }
}
