package dev.waybill.planner.solve.tree;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import dev.waybill.planner.solve.Reachability;
import dev.waybill.planner.solve.Stop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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

  private final IndexedProblem problem;
  private final List<BlockClass> classes;
  private final double[] capacity;
  private final double leastSeconds;
  private long choices;

  public TreePacker(IndexedProblem problem, List<BlockClass> classes, double leastSeconds) {
    this.problem = problem;
    this.classes = classes;
    this.leastSeconds = leastSeconds;
    capacity = Capacity.beside(problem);
  }

  /** Whether it can handle the problem: few classes, each with somebody who can be a root. */
  public boolean applies() {
    return classes.size() <= MOST_CLASSES
        && leastSeconds > 0
        && classes.stream().allMatch(c -> roots(c).length > 0);
  }

  /** Who holds or makes every block of a class. */
  private static int[] roots(BlockClass c) {
    return Arrays.stream(c.possessors())
        .filter(h -> c.runs().stream().allMatch(r -> isSource(r, h)))
        .toArray();
  }

  private static boolean isSource(Run run, int host) {
    return Arrays.binarySearch(run.holders(), host) >= 0
        || run.arrivals().stream().anyMatch(a -> a.generation() && a.host() == host);
  }

  /** How many choices of a parent it has made so far. */
  public long choices() {
    return choices;
  }

  /** The packing with the lowest target that fits, or null where none is found. */
  public @Nullable TreePlan pack(TreeShape shape, long seed, Stop stop) {
    boolean[] mayRelay = relays(shape.relays());
    double target = leastSeconds;
    for (int i = 0; i < MOST_STEPS && !stop.now(); i++) {
      TreeGrower grower = new TreeGrower(problem, capacity, shape, mayRelay, seed);
      List<Tree> trees = grow(grower, shape, target);
      choices += grower.choices();
      if (trees != null) {
        return new TreePlan(problem, Capacity.raised(trees, capacity));
      }
      target *= TARGET_STEP;
    }
    return null;
  }

  private boolean[] relays(boolean all) {
    long total = 0;
    BitSet needed = new BitSet();
    for (BlockClass c : classes) {
      total += c.bytes();
      needed.or(Reachability.relaysNeeded(problem, c));
    }
    long[] own = new long[problem.hosts()];
    for (Run run : problem.runs) {
      for (int h : run.needers()) {
        own[h] += run.bytes();
      }
    }
    boolean[] may = new boolean[problem.hosts()];
    for (int h = 0; h < may.length; h++) {
      may[h] =
          problem.relay[h]
              && (all || needed.get(h))
              && problem.room[h] - problem.incoming[h] - own[h] >= total;
    }
    return may;
  }

  private @Nullable List<Tree> grow(TreeGrower grower, TreeShape shape, double target) {
    List<Tree> trees = new ArrayList<>();
    for (double share : shape.shares()) {
      for (BlockClass c : classes) {
        Tree t = grower.grow(c, roots(c), share * c.bytes() / target);
        if (t == null) {
          return null;
        }
        trees.add(t);
      }
    }
    return trees;
  }
}
