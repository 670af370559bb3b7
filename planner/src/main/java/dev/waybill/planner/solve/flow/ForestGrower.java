package dev.waybill.planner.solve.flow;

import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Grows forests for the flow solver: divides the egress, then grows one tree after the other. */
final class ForestGrower {
  private static final double LEAST_NEARNESS = 0.1;
  private static final double NEARNESS_STEP = 0.7;
  private static final int NEARNESSES = 3;

  private final double[] capacity;
  private final double[] used;

  /**
   * @param capacity of each resource, bytes per second
   * @param used of each resource; what forests use is added
   */
  ForestGrower(double[] capacity, double[] used) {
    this.capacity = capacity;
    this.used = used;
  }

  /**
   * A forest with trees of these rates, or null where none was found that fits; the random choices
   * differ from call to call.
   */
  @Nullable Forest grow(
      Terrain terrain, double[] rates, TreeGrowth.Order order, SplittableRandom random) {
    Division division = new Division(terrain, egress(terrain), rates, random);
    if (!division.divide(order != TreeGrowth.Order.ANY)) {
      return null;
    }
    double nearness = LEAST_NEARNESS + NEARNESS_STEP * random.nextInt(NEARNESSES);
    List<Tree> trees = new ArrayList<>();
    for (int k = 0; k < rates.length; k++) {
      List<Tree.Edge> edges =
          new TreeGrowth(terrain, division, k, rates[k], capacity, used, nearness, random)
              .edges(order);
      if (edges == null) {
        return null;
      }
      trees.add(new Tree(terrain.cargo.representative(), rates[k], edges));
    }
    return new Forest(trees);
  }

  private double[] egress(Terrain terrain) {
    double[] egress = new double[terrain.problem.hosts()];
    for (int h = 0; h < egress.length; h++) {
      egress[h] = Terrain.UNBOUND;
      for (int r : terrain.problem.egress[h]) {
        egress[h] = Math.max(0, Math.min(egress[h], capacity[r] - used[r]));
      }
    }
    return egress;
  }
}
