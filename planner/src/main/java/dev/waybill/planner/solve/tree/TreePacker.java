package dev.waybill.planner.solve.tree;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Stop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packer of pipelined trees: few trees of constant rate side by side, which together use the
 * capacities well, with one long copy for each of their edges. Near the optimum, and with the
 * fewest copies, where many hosts want all of few files. Its roots hold the blocks, or make them;
 * blocks that somebody is only being sent are the list scheduler's.
 *
 * <p>It takes a makespan as a target, which gives each class of blocks its rate, splits that over
 * trees, and raises the target until they fit; then it raises the rates to what is left.
 */
public final class TreePacker {
  /** More classes of blocks than this are the list scheduler's. */
  private static final int MOST_CLASSES = 24;

  private static final double TARGET_STEP = 1.015;
  private static final int MOST_STEPS = 60;

  private final TreeGround ground;
  private final double leastSeconds;
  private final double targetStep;
  private long choices;

  /** A packer of trees that begin at once, and come close to the lowest target that fits. */
  public TreePacker(IndexedProblem problem, List<BlockClass> classes, double leastSeconds) {
    this(TreeGround.atOnce(problem, classes), leastSeconds, TARGET_STEP);
  }

  /**
   * @param leastSeconds the first target
   * @param targetStep by what the target is multiplied where trees don't fit, above 1
   */
  public TreePacker(TreeGround ground, double leastSeconds, double targetStep) {
    this.ground = ground;
    this.leastSeconds = leastSeconds;
    this.targetStep = targetStep;
  }

  /** Whether it can handle the problem: few classes, each with somebody who can be a root. */
  public boolean applies() {
    return ground.classes.size() <= MOST_CLASSES
        && leastSeconds > 0
        && leastSeconds < Double.POSITIVE_INFINITY
        && ground.classes.stream().allMatch(c -> ground.roots(c).length > 0);
  }

  /** How many choices of a parent it has made so far. */
  public long choices() {
    return choices;
  }

  /** The packing with the lowest target that fits, or null where none is found. */
  public @Nullable TreePlan pack(TreeShape shape, long seed, Stop stop) {
    boolean[] mayRelay = ground.relays(shape.relays());
    double target = leastSeconds;
    for (int i = 0; i < MOST_STEPS && !stop.now(); i++) {
      TreeGrower grower = new TreeGrower(ground.problem, ground.capacity, shape, mayRelay, seed);
      List<Tree> trees = grow(grower, shape, target);
      choices += grower.choices();
      if (trees != null) {
        return new TreePlan(ground, Capacity.raised(trees, ground.capacity));
      }
      target *= targetStep;
    }
    return null;
  }

  private @Nullable List<Tree> grow(TreeGrower grower, TreeShape shape, double target) {
    List<Tree> trees = new ArrayList<>();
    for (double share : shape.shares()) {
      for (BlockClass c : ground.classes) {
        Tree t = grower.grow(c, ground.roots(c), share * c.bytes() / target);
        if (t == null) {
          return null;
        }
        trees.add(t);
      }
    }
    return trees;
  }
}
