package dev.waybill.planner.solve.flow;

import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * The copies that carry cargoes over forests of the flow solver: each tree gets a range of the
 * blocks, so that all trees are done at once, and rates are such that this is as early as the
 * capacities allow.
 *
 * <p>Most edges are one copy at a constant rate ({@link Lane}). Near the roots, where edges are
 * few, blocks can be sent one by one instead, each as fast as the way allows ({@link Bursts}): then
 * a level costs less than a block's time at the tree's rate.
 */
final class Pipeline {
  private static final int ROUNDS = 5;
  private static final double ENOUGH = 1e-7;

  private final IndexedProblem problem;
  private final double[] capacity;
  private final List<Lane> lanes = new ArrayList<>();
  private final double[] reserved;
  private final double seconds;

  /**
   * @param capacity what may be used of each resource
   * @param burstLevels how many levels from the roots on are sent block by block
   */
  Pipeline(IndexedProblem problem, double[] capacity, List<Grown> grown, int burstLevels) {
    this.problem = problem;
    this.capacity = capacity;
    this.reserved = new double[capacity.length];
    double[] spare = capacity.clone();
    double guess = 0;
    for (Grown g : grown) {
      int from = 0;
      for (int k = 0; k < g.count.length; k++) {
        Tree tree = g.forest.trees().get(k);
        Lane lane = new Lane(problem, g.cargo, tree, from, g.count[k]);
        lanes.add(lane);
        guess = Math.max(guess, lane.secondsAfterMade());
        from += g.count[k];
      }
      g.forest.takeFrom(spare);
      guess = Math.max(guess, g.forest.seconds(g.cargo.blocks(), (double) g.cargo.largestBlock()));
    }
    if (burstLevels > 0) {
      new Bursts(problem, lanes, spare, reserved, burstLevels).plan();
    }
    seconds = fit(guess);
  }

  /** A cargo with its forest and the number of blocks that each tree carries. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Grown(Cargo cargo, Forest forest, int[] count) {}

  /** When everybody holds everything; infinite where the capacities don't suffice. */
  double seconds() {
    return seconds;
  }

  List<Copy> copies() {
    List<Copy> copies = new ArrayList<>();
    lanes.forEach(lane -> lane.copies(copies));
    return copies;
  }

  /** The least end that fits, from a first guess on. */
  private double fit(double guess) {
    double end = guess;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ROUNDS; i++) {
      double fill = fill(end);
      if (fill <= 1) {
        least = Math.min(least, end);
        if (fill >= 1 - ENOUGH) {
          break;
        }
      }
      end *= fill <= 1 ? Math.max(0.98, fill) : Math.min(1.1, fill) * (1 + ENOUGH);
    }
    return least < Double.POSITIVE_INFINITY && fill(least) <= 1 ? least : Double.POSITIVE_INFINITY;
  }

  /** The largest share of a capacity that is used if everything is to be over at {@code end}. */
  private double fill(double end) {
    double[] load = new double[reserved.length];
    for (Lane lane : lanes) {
      if (!lane.fit(end)) {
        return Double.POSITIVE_INFINITY;
      }
      List<Tree.Edge> edges = lane.tree.edges;
      for (int e = 0; e < edges.size() && lane.count() > 0; e++) {
        for (int r : edges.get(e).way()) {
          load[r] += lane.rate(e);
        }
      }
    }
    double fill = 0;
    for (int r = 0; r < load.length; r++) {
      if (load[r] > 0) {
        fill = Math.max(fill, load[r] / (capacity[r] - reserved[r]));
      }
    }
    return fill;
  }

  @Override
  public String toString() {
    return problem.problem.name() + " in " + seconds + " s";
  }
}
