package dev.waybill.planner.solve.mip;

import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.mip.DualAscent.Ascent;
import dev.waybill.planner.solve.mip.Terrain.Arc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trees of least price on one terrain, for the MIP solver: minimum Steiner arborescences from the
 * roots over all needers, through relays or not. {@link DualAscent} mostly finds the cheapest and
 * proves it; where it does not, {@link CutProgram} decides over the arcs that it has left.
 */
final class SteinerTrees {
  private static final double TOLERANCE = 1e-9;

  private final int hosts;
  private final Terrain terrain;
  private final DualAscent ascent;
  private final String engine;
  private final Stop stop;

  /**
   * A tree, and what is proven about all others.
   *
   * @param arcs whoever sends receives before
   * @param leastPrice none is cheaper
   */
  record Cheapest(List<Arc> arcs, double leastPrice) {}

  SteinerTrees(int hosts, Terrain terrain, String engine, Stop stop) {
    this.hosts = hosts;
    this.terrain = terrain;
    this.ascent = new DualAscent(hosts, terrain);
    this.engine = engine;
    this.stop = stop;
  }

  /**
   * A cheap tree.
   *
   * @param price of each arc, not negative
   */
  Cheapest cheap(double[] price) {
    Ascent quick = ascent.ascend(price);
    return new Cheapest(quick.arcs(), quick.bound());
  }

  /**
   * The cheapest tree, or null where the time did not suffice.
   *
   * @param price of each arc, not negative
   */
  @Nullable Cheapest cheapest(double[] price) {
    Ascent quick = ascent.ascend(price);
    double gap = quick.price() - quick.bound();
    if (gap <= TOLERANCE * quick.price()) {
      return new Cheapest(quick.arcs(), quick.bound());
    }
    List<Integer> open = new ArrayList<>();
    for (int a = 0; a < price.length; a++) {
      if (quick.reduced()[a] <= gap * (1 + TOLERANCE)) {
        open.add(a);
      }
    }
    return new CutProgram(hosts, terrain, open, price, quick.cuts(), engine, stop).solve();
  }
}
