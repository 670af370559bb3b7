package dev.waybill.planner.solve.mip;

import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.mip.SteinerTrees.Cheapest;
import dev.waybill.planner.solve.mip.Terrain.Arc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The MIP solver's exact program of the cheapest tree by directed cuts:
 *
 * <pre>
 *   minimise  sum of price(a) x(a)
 *   x(arcs into S) &gt;= 1     for each set S of hosts without a root and with a needer
 *   x(arcs into v) &lt;= x(arcs out of v)     for each relay v
 * </pre>
 *
 * Cuts that a solution breaks are added as they are found, by greatest flows. The linear program
 * mostly has whole solutions; where it has not, the integer program with the cuts found goes on in
 * the same way.
 */
final class CutProgram {
  private static final double TOLERANCE = 1e-6;
  private static final double NOTHING = 1e-12;

  private final int hosts;
  private final Terrain terrain;
  private final List<Arc> arcs;
  private final double[] price;
  private final String engine;
  private final Stop stop;
  private final List<BitSet> cuts = new ArrayList<>();
  private final Set<BitSet> known = new HashSet<>();

  /**
   * @param open indices of the arcs that may be in the tree
   * @param prices of all arcs of the terrain
   * @param first cuts to begin with
   */
  CutProgram(
      int hosts,
      Terrain terrain,
      List<Integer> open,
      double[] prices,
      List<BitSet> first,
      String engine,
      Stop stop) {
    this.hosts = hosts;
    this.terrain = terrain;
    this.engine = engine;
    this.stop = stop;
    arcs = open.stream().map(a -> terrain.arcs().get(a)).toList();
    price = open.stream().mapToDouble(a -> prices[a]).toArray();
    first.stream().filter(known::add).forEach(cuts::add);
  }

  /** The cheapest tree, or null where the time did not suffice. */
  @Nullable Cheapest solve() {
    Program linear = program("GLOP", false);
    if (!converge(linear)) {
      return null;
    }
    Cheapest cheapest;
    if (isWhole(linear)) {
      cheapest = new Cheapest(tree(linear), linear.objective());
    } else {
      Program integer = program(engine, true);
      if (!converge(integer)) {
        return null;
      }
      double least = Math.max(linear.objective(), integer.bestBound());
      cheapest = new Cheapest(tree(integer), least);
      integer.close();
    }
    linear.close();
    return cheapest;
  }

  private Program program(String with, boolean whole) {
    Program program = new Program(with, stop);
    BitSet ends = new BitSet();
    Arrays.stream(terrain.roots()).forEach(ends::set);
    Arrays.stream(terrain.blocks().needers()).forEach(ends::set);
    int[] rows = new int[hosts];
    for (int v = 0; v < hosts; v++) {
      rows[v] = ends.get(v) ? -1 : program.row(Double.NEGATIVE_INFINITY, 0);
    }
    for (int a = 0; a < arcs.size(); a++) {
      program.column(price[a], 1, whole);
      if (rows[arcs.get(a).to()] >= 0) {
        program.set(rows[arcs.get(a).to()], a, 1);
      }
      if (rows[arcs.get(a).from()] >= 0) {
        program.set(rows[arcs.get(a).from()], a, -1);
      }
    }
    cuts.forEach(c -> put(program, c));
    return program;
  }

  private void put(Program program, BitSet set) {
    int row = program.row(1, Double.POSITIVE_INFINITY);
    for (int a = 0; a < arcs.size(); a++) {
      if (set.get(arcs.get(a).to()) && !set.get(arcs.get(a).from())) {
        program.set(row, a, 1);
      }
    }
  }

  private boolean isWhole(Program program) {
    for (int a = 0; a < arcs.size(); a++) {
      double x = program.value(a);
      if (Math.abs(x - Math.rint(x)) > TOLERANCE) {
        return false;
      }
    }
    return true;
  }

  /** Solves it again and again until its solution breaks no cut; returns whether that came. */
  private boolean converge(Program program) {
    for (boolean more = true; more; ) {
      if (program.solve(1, Program.NO_GAP) != Program.Outcome.OPTIMAL) {
        return false;
      }
      more = false;
      for (BitSet set : broken(program)) {
        if (known.add(set)) {
          cuts.add(set);
          put(program, set);
          more = true;
        }
      }
    }
    return true;
  }

  private List<BitSet> broken(Program program) {
    int source = hosts;
    MaxFlow network = new MaxFlow(hosts + 1);
    Arrays.stream(terrain.roots()).forEach(r -> network.add(source, r, 2));
    for (int a = 0; a < arcs.size(); a++) {
      double x = program.value(a);
      if (x > NOTHING) {
        network.add(arcs.get(a).from(), arcs.get(a).to(), x);
      }
    }
    List<BitSet> broken = new ArrayList<>();
    for (int v : terrain.blocks().needers()) {
      if (network.flow(source, v, 1) < 1 - TOLERANCE) {
        BitSet near = network.reaching(v);
        near.clear(source);
        broken.add(near);
        BitSet far = new BitSet();
        far.set(0, hosts);
        far.andNot(network.reachable(source));
        broken.add(far);
      }
    }
    return broken;
  }

  /** What is chosen and reaches a needer, from the roots on. */
  private List<Arc> tree(Program program) {
    BitSet reached = new BitSet();
    Arrays.stream(terrain.roots()).forEach(reached::set);
    List<Arc> tree = new ArrayList<>();
    for (boolean more = true; more; ) {
      more = false;
      for (int a = 0; a < arcs.size(); a++) {
        Arc arc = arcs.get(a);
        if (program.value(a) > 0.5 && reached.get(arc.from()) && !reached.get(arc.to())) {
          reached.set(arc.to());
          tree.add(arc);
          more = true;
        }
      }
    }
    BitSet needed = new BitSet();
    Arrays.stream(terrain.blocks().needers()).forEach(needed::set);
    for (int i = tree.size() - 1; i >= 0; i--) {
      if (needed.get(tree.get(i).to())) {
        needed.set(tree.get(i).from());
      } else {
        tree.remove(i);
      }
    }
    return List.copyOf(tree);
  }
}
