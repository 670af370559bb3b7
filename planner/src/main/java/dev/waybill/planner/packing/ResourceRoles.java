package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Which resources of a packing problem are one host's own, and which are shared by several hosts or
 * lie on paths.
 *
 * <p>Of a host's own resources only the narrowest of each kind is kept: of those it sends through,
 * of those it receives through, and of those that both ways have in common. That is exact without
 * copies in progress, and else a relaxation.
 */
final class ResourceRoles {
  private static final int NONE = -1;

  private final int[] up;
  private final int[] down;
  private final int[] duplex;
  private final int[][] sharedEgress;
  private final int[][] sharedIngress;
  private final double[][] ownCost;

  /** By resource: whether several hosts use it, or it lies on a path. */
  final boolean[] shared;

  /** Whether some shared resource can stand twice on a way: as egress, on a path, as ingress. */
  final boolean overlapping;

  ResourceRoles(IndexedProblem problem) {
    int n = problem.hosts();
    int[] sends = new int[problem.capacity.length];
    int[] receives = new int[problem.capacity.length];
    boolean[] onPath = new boolean[problem.capacity.length];
    int[] onlyHost = new int[problem.capacity.length];
    boolean[] several = new boolean[problem.capacity.length];
    Arrays.fill(onlyHost, NONE);
    for (int h = 0; h < n; h++) {
      for (int r : problem.egress[h]) {
        sends[r]++;
        several[r] |= onlyHost[r] != NONE && onlyHost[r] != h;
        onlyHost[r] = h;
      }
      for (int r : problem.ingress[h]) {
        receives[r]++;
        several[r] |= onlyHost[r] != NONE && onlyHost[r] != h;
        onlyHost[r] = h;
      }
    }
    for (int from = 0; from < problem.locations(); from++) {
      for (int to : problem.pathsFrom[from]) {
        int[] via = problem.via(from, to);
        for (int r : via == null ? new int[0] : via) {
          onPath[r] = true;
        }
      }
    }
    up = new int[n];
    down = new int[n];
    duplex = new int[n];
    Arrays.fill(up, NONE);
    Arrays.fill(down, NONE);
    Arrays.fill(duplex, NONE);
    sharedEgress = new int[n][];
    sharedIngress = new int[n][];
    for (int h = 0; h < n; h++) {
      for (int r : problem.egress[h]) {
        if (!several[r] && !onPath[r]) {
          int[] kind = receives[r] > 0 ? duplex : up;
          kind[h] = narrower(problem, kind[h], r);
        }
      }
      for (int r : problem.ingress[h]) {
        if (!several[r] && !onPath[r] && sends[r] == 0) {
          down[h] = narrower(problem, down[h], r);
        }
      }
      sharedEgress[h] = shared(problem.egress[h], several, onPath);
      sharedIngress[h] = shared(problem.ingress[h], several, onPath);
    }
    shared = new boolean[sends.length];
    ownCost = new double[n][];
    for (int h = 0; h < n; h++) {
      ownCost[h] =
          new double[] {
            ownCost(problem, problem.egress[h], sharedEgress[h]),
            ownCost(problem, problem.ingress[h], sharedIngress[h])
          };
    }
    boolean overlap = false;
    for (int r = 0; r < sends.length; r++) {
      int parts = (sends[r] > 0 ? 1 : 0) + (receives[r] > 0 ? 1 : 0) + (onPath[r] ? 1 : 0);
      shared[r] = several[r] || onPath[r];
      overlap |= parts > 1 && shared[r];
    }
    overlapping = overlap;
  }

  private static double ownCost(IndexedProblem problem, int[] resources, int[] shared) {
    return Arrays.stream(resources)
        .filter(r -> Arrays.binarySearch(shared, r) < 0)
        .mapToDouble(r -> problem.costPerByte[r])
        .sum();
  }

  private static int narrower(IndexedProblem problem, int kept, int r) {
    return kept == NONE || problem.capacity[r] < problem.capacity[kept] ? r : kept;
  }

  private static int[] shared(int[] resources, boolean[] several, boolean[] onPath) {
    return Arrays.stream(resources).filter(r -> several[r] || onPath[r]).sorted().toArray();
  }

  /** The host's own resource that only what it sends crosses, if it has one. */
  OptionalInt up(int host) {
    return optional(up[host]);
  }

  /** The host's own resource that only what it receives crosses, if it has one. */
  OptionalInt down(int host) {
    return optional(down[host]);
  }

  /** The host's own resource that both cross, if it has one. */
  OptionalInt duplex(int host) {
    return optional(duplex[host]);
  }

  private static OptionalInt optional(int resource) {
    return resource == NONE ? OptionalInt.empty() : OptionalInt.of(resource);
  }

  /** What a byte costs on resources that are the host's own, sent and received. */
  double[] ownCost(int host) {
    return ownCost[host];
  }

  int[] sharedEgress(int host) {
    return sharedEgress[host];
  }

  int[] sharedIngress(int host) {
    return sharedIngress[host];
  }
}
