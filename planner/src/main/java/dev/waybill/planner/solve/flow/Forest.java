package dev.waybill.planner.solve.flow;

import dev.waybill.planner.solve.tree.Tree;
import java.util.List;

/**
 * Trees of one commodity that the flow solver lets run side by side, each at its rate.
 *
 * <p>A tree of rate x and depth d delivers n blocks of B bytes to everybody in (n + d - 1) B / x
 * seconds. With the blocks divided so that all trees are done at once, M blocks take (M + sum_k
 * (d_k - 1)) B / sum_k x_k: whatever its rate, a tree costs one block for each level beyond the
 * first.
 */
record Forest(List<Tree> trees) {
  Forest {
    trees = List.copyOf(trees);
  }

  /** Takes what its trees use off {@code spare}, by resource. */
  void takeFrom(double[] spare) {
    for (Tree t : trees) {
      for (int i = 0; i < t.resources.length; i++) {
        spare[t.resources[i]] -= t.uses[i] * t.rate;
      }
    }
  }

  double rate() {
    return trees.stream().mapToDouble(t -> t.rate).sum();
  }

  /** The blocks that its trees cost by their depth. */
  int levels() {
    return trees.stream().mapToInt(t -> t.depth() - 1).sum();
  }

  /** About when {@code blocks} blocks of {@code blockBytes} are everywhere, seconds. */
  double seconds(long blocks, double blockBytes) {
    return (blocks + levels()) * blockBytes / rate();
  }

  /** How many blocks each tree is to carry so that all are done at about the same time. */
  int[] divide(Cargo cargo) {
    int n = trees.size();
    double block = (double) cargo.bytes() / cargo.blocks();
    double target = seconds(cargo.blocks(), block);
    int[] count = new int[n];
    double[] over = new double[n];
    int left = cargo.blocks();
    for (int k = 0; k < n; k++) {
      double blocks = target * trees.get(k).rate / block - (trees.get(k).depth() - 1);
      count[k] = (int) Math.max(0, Math.min(left, Math.floor(blocks)));
      over[k] = blocks - count[k];
      left -= count[k];
    }
    for (; left > 0; left--) {
      int best = 0;
      for (int k = 1; k < n; k++) {
        // What one block more costs in rate is the less the faster the tree is.
        best = over[k] > over[best] ? k : best;
      }
      count[best]++;
      over[best]--;
    }
    return count;
  }
}
