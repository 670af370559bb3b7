package dev.waybill.planner.solve.flow;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Divides the egress of locations and of hosts among the trees of a forest of the flow solver,
 * before it is grown.
 */
final class Division {
  /** Channels that fill what a host's main tree leaves of its egress. */
  private static final int FILLERS = 4;

  private static final double SHUFFLED_HOSTS = 0.05;
  private static final double SHUFFLED_LOCATIONS = 0.1;
  private static final double ROUNDING = 1 + 1e-12;

  /** By host and tree, how many children it may have; none for hosts outside. */
  final int[][] children;

  /** By location and tree, how many other locations are entered from it. */
  final int[][] entries;

  private final Terrain terrain;
  private final double[] egress;
  private final double[] rates;
  private final Fillings fillings;
  private final SplittableRandom random;

  /**
   * @param egress by host, bytes per second
   * @param rates of the trees, bytes per second
   */
  Division(Terrain terrain, double[] egress, double[] rates, SplittableRandom random) {
    this.terrain = terrain;
    this.egress = egress;
    this.rates = rates;
    this.random = random;
    this.fillings = Fillings.of(rates, 2 * Arrays.stream(rates).max().orElse(0), FILLERS);
    IndexedProblem problem = terrain.problem;
    children = new int[problem.hosts()][];
    entries = new int[problem.locations()][];
    Arrays.fill(children, new int[rates.length]);
    Arrays.fill(entries, new int[rates.length]);
  }

  /**
   * Divides everything.
   *
   * @param perLocation whether each location's hosts feed their own location, and others only where
   *     those are entered
   * @return whether the egress suffices
   */
  boolean divide(boolean perLocation) {
    int[] toEnter = filled(terrain.toEnter());
    if (terrain.toEnter() > 0 && !locations(toEnter)) {
      return false;
    }
    int[] needed = filled(terrain.cargo.needers().length);
    rootsFirst(needed);
    return perLocation ? hostsByLocation() : hosts(terrain.cargo.needers(), needed);
  }

  private int[] filled(int value) {
    int[] values = new int[rates.length];
    Arrays.fill(values, value);
    return values;
  }

  private boolean locations(int[] need) {
    IndexedProblem problem = terrain.problem;
    int[] withRoot =
        IntStream.range(0, problem.locations()).filter(l -> terrain.hasRoot[l]).toArray();
    entries[withRoot[0]] = ofRoot(terrain.egressOf(withRoot[0], egress), need);
    int[] others =
        IntStream.concat(
                Arrays.stream(withRoot, 1, withRoot.length),
                Arrays.stream(terrain.needing).filter(l -> !terrain.hasRoot[l]))
            .toArray();
    double[] out = new double[problem.locations()];
    for (int l : others) {
      out[l] = terrain.egressOf(l, egress);
    }
    FanOuts outs = new FanOuts(rates, fillings, need, random);
    for (int l : largestFirst(others, out, SHUFFLED_LOCATIONS)) {
      entries[l] = outs.take(out[l]);
    }
    return outs.met();
  }

  /** The first root has a child in every tree, as far as its egress goes; others may be used. */
  private void rootsFirst(int[] need) {
    int[] roots = terrain.roots;
    children[roots[0]] = ofRoot(egress[roots[0]], need);
    if (roots.length > 1) {
      FanOuts outs = new FanOuts(rates, fillings, need, random);
      for (int i = 1; i < roots.length; i++) {
        children[roots[i]] = outs.take(egress[roots[i]]);
      }
    }
  }

  /** A child in each tree, then the same number more in each, then what fits. */
  private int[] ofRoot(double egressOfRoot, int[] need) {
    int[] counts = new int[rates.length];
    double left = egressOfRoot;
    for (int k = 0; k < counts.length; k++) {
      left -= give(counts, need, k, 1, left);
    }
    int more = (int) Math.min(Integer.MAX_VALUE, left / Arrays.stream(rates).sum() * ROUNDING);
    for (int k = 0; k < counts.length; k++) {
      left -= give(counts, need, k, more, left);
    }
    for (int k = 0; k < counts.length; k++) {
      left -= give(counts, need, k, Integer.MAX_VALUE, left);
    }
    return counts;
  }

  private double give(int[] counts, int[] need, int tree, int most, double left) {
    int fitting = (int) Math.min(Integer.MAX_VALUE, Math.max(0, left / rates[tree] * ROUNDING));
    int given = Math.max(0, Math.min(Math.min(most, need[tree]), fitting));
    counts[tree] += given;
    need[tree] -= given;
    return given * rates[tree];
  }

  private boolean hostsByLocation() {
    for (int l : terrain.needing) {
      int[] need = filled(terrain.needersAt[l].length - (terrain.hasRoot[l] ? 0 : 1));
      for (int k = 0; k < need.length; k++) {
        need[k] += entries[l][k];
        for (int r : terrain.roots) {
          if (terrain.problem.location[r] == l) {
            need[k] = Math.max(0, need[k] - children[r][k]);
          }
        }
      }
      if (!hosts(terrain.needersAt[l], need)) {
        return false;
      }
    }
    return true;
  }

  private boolean hosts(int[] hosts, int[] need) {
    FanOuts outs = new FanOuts(rates, fillings, need, random);
    for (int h : largestFirst(hosts, egress, SHUFFLED_HOSTS)) {
      children[h] = outs.take(egress[h]);
    }
    return outs.met();
  }

  private int[] largestFirst(int[] indices, double[] size, double shuffled) {
    double[] key = new double[size.length];
    for (int i : indices) {
      key[i] = size[i] * (1 + shuffled * random.nextDouble());
    }
    return Arrays.stream(indices)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> key[i]).reversed())
        .mapToInt(i -> i)
        .toArray();
  }
}
