package dev.waybill.planner.solve.flow;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Where the needers of a cargo of the flow solver are, and what leads out of their locations. */
final class Terrain {
  /** Bytes per second of what nothing bounds. */
  static final double UNBOUND = 1e18;

  final IndexedProblem problem;
  final Cargo cargo;
  final int[] roots;

  /** By location, the needers there. */
  final int[][] needersAt;

  /** Locations with needers. */
  final int[] needing;

  /** By location, whether a root is there. */
  final boolean[] hasRoot;

  /** By location, what the ways out of it to other needing locations can carry together. */
  private final double[] waysOut;

  Terrain(IndexedProblem problem, Cargo cargo, double[] capacity) {
    this.problem = problem;
    this.cargo = cargo;
    roots = cargo.roots();
    int locations = problem.locations();
    hasRoot = new boolean[locations];
    for (int r : roots) {
      hasRoot[problem.location[r]] = true;
    }
    int[] count = new int[locations];
    for (int h : cargo.needers()) {
      count[problem.location[h]]++;
    }
    needersAt = Arrays.stream(count).mapToObj(int[]::new).toArray(int[][]::new);
    for (int h : cargo.needers()) {
      int l = problem.location[h];
      needersAt[l][--count[l]] = h;
    }
    needing = IntStream.range(0, locations).filter(l -> needersAt[l].length > 0).toArray();
    waysOut = new double[locations];
    for (int l = 0; l < locations; l++) {
      waysOut[l] = waysOut(l, capacity);
    }
  }

  /** How many locations each tree has to enter. */
  int toEnter() {
    return (int) Arrays.stream(needing).filter(l -> !hasRoot[l]).count();
  }

  /**
   * The narrowest resources of the ways out, each once, or what all ways have in common, if that is
   * less.
   */
  private double waysOut(int from, double[] capacity) {
    double sum = 0;
    int[] common = null;
    boolean[] seen = new boolean[capacity.length];
    for (int to : problem.pathsFrom[from]) {
      int[] via = to == from || needersAt[to].length == 0 ? null : problem.via(from, to);
      if (via == null) {
        continue;
      }
      int[] before = common;
      common = before == null ? via : Arrays.stream(before).filter(r -> contains(via, r)).toArray();
      int narrowest = -1;
      for (int r : via) {
        narrowest = narrowest < 0 || capacity[r] < capacity[narrowest] ? r : narrowest;
      }
      if (narrowest < 0) {
        sum = UNBOUND;
      } else if (!seen[narrowest]) {
        seen[narrowest] = true;
        sum += capacity[narrowest];
      }
    }
    for (int r : common == null ? new int[0] : common) {
      sum = Math.min(sum, capacity[r]);
    }
    return sum;
  }

  private static boolean contains(int[] values, int value) {
    return Arrays.stream(values).anyMatch(v -> v == value);
  }

  /** What can leave a location, its hosts' egress considered, by host. */
  double egressOf(int location, double[] hostEgress) {
    double hosts = 0;
    for (int h : problem.hostsAt[location]) {
      hosts += hostEgress[h];
    }
    return Math.min(hosts, waysOut[location]);
  }
}
