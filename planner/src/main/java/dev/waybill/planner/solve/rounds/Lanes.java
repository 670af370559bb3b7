package dev.waybill.planner.solve.rounds;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a round-based plan of the planner, and the rate of all its copies: at that rate
 * every receiver may send one copy and receive one at once, and every source may send one for each
 * time that it is named, whoever sends to whom.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Lanes(int[] sources, int[] receivers, double rate) {
  /** Rounding of capacities that are meant to be multiples of each other. */
  private static final double SLACK = 1e-9;

  /**
   * The lanes of all {@code receivers}; null where some host is not connected to another, or none
   * of the holders can send at all. Each holder is a source as often as it can be without slowing
   * the receivers down, and there are never more sources than receivers.
   *
   * @param holders of everything, at least one
   * @param receivers at least one
   */
  static @Nullable Lanes of(IndexedProblem problem, int[] holders, int[] receivers) {
    Use use = new Use(problem);
    for (int h : receivers) {
      use.add(problem.egress[h], 1);
      use.add(problem.ingress[h], 1);
    }
    double rate = use.fastest();
    int[] sources = sources(problem, use, rate, holders, receivers.length);
    int[] sendersAt = new int[problem.locations()];
    int[] receiversAt = new int[problem.locations()];
    for (int h : sources) {
      sendersAt[problem.location[h]]++;
    }
    for (int h : receivers) {
      sendersAt[problem.location[h]]++;
      receiversAt[problem.location[h]]++;
    }
    if (!use.addPaths(sendersAt, receiversAt)) {
      return null;
    }
    rate = use.fastest();
    return rate > 0 && rate < Double.POSITIVE_INFINITY ? new Lanes(sources, receivers, rate) : null;
  }

  /** Takes for the sources what the receivers leave; at least one source, the fastest holder. */
  private static int[] sources(
      IndexedProblem problem, Use use, double rate, int[] holders, int most) {
    int[] sources = new int[most];
    int n = 0;
    for (int h : holders) {
      double room = use.room(problem.egress[h], rate);
      int times = (int) Math.min(most - n, Math.floor(room * (1 + SLACK)));
      use.add(problem.egress[h], times);
      Arrays.fill(sources, n, n + times, h);
      n += times;
    }
    if (n == 0) {
      int best = holders[0];
      for (int h : holders) {
        if (problem.minCapacity(problem.egress[h]) > problem.minCapacity(problem.egress[best])) {
          best = h;
        }
      }
      use.add(problem.egress[best], 1);
      sources[n++] = best;
    }
    return Arrays.copyOf(sources, n);
  }

  /** How many copies may use each resource at once, at most. */
  private static final class Use {
    private final IndexedProblem problem;
    private final long[] copies;

    Use(IndexedProblem problem) {
      this.problem = problem;
      copies = new long[problem.capacity.length];
    }

    void add(int[] resources, int times) {
      for (int r : resources) {
        copies[r] += times;
      }
    }

    /** How many more copies of {@code rate} fit on all of {@code resources}. */
    double room(int[] resources, double rate) {
      double least = Double.POSITIVE_INFINITY;
      for (int r : resources) {
        least = Math.min(least, problem.capacity[r] / rate - copies[r]);
      }
      return least;
    }

    /** The rate at which that many copies fit on every resource. */
    double fastest() {
      double fastest = Double.POSITIVE_INFINITY;
      for (int r = 0; r < copies.length; r++) {
        if (copies[r] > 0) {
          fastest = Math.min(fastest, problem.capacity[r] / copies[r]);
        }
      }
      return fastest;
    }

    /**
     * Adds what may go between locations: on each resource as many copies as there are senders
     * whose way it can be on, or receivers, whichever are fewer. Returns false where two hosts are
     * not connected.
     */
    boolean addPaths(int[] sendersAt, int[] receiversAt) {
      Sum out = new Sum(copies.length);
      Sum in = new Sum(copies.length);
      for (int a = 0; a < sendersAt.length; a++) {
        for (int b = 0; b < sendersAt.length; b++) {
          if (isUsed(sendersAt, receiversAt, a, b)) {
            int[] via = problem.via(a, b);
            if (via == null) {
              return false;
            }
            out.add(via, a, sendersAt[a]);
          }
          if (isUsed(sendersAt, receiversAt, b, a)) {
            int[] via = problem.via(b, a);
            if (via == null) {
              return false;
            }
            in.add(via, a, receiversAt[a]);
          }
        }
      }
      for (int r = 0; r < copies.length; r++) {
        copies[r] += Math.min(out.of[r], in.of[r]);
      }
      return true;
    }

    /** Whether copies may go from one location to another; a lone host sends itself nothing. */
    private static boolean isUsed(int[] sendersAt, int[] receiversAt, int from, int to) {
      boolean lone = from == to && sendersAt[from] == receiversAt[to] && receiversAt[to] == 1;
      return sendersAt[from] > 0 && receiversAt[to] > 0 && !lone;
    }
  }

  /** For each resource, how many hosts there are at the locations for which it was named. */
  private static final class Sum {
    final long[] of;
    private final int[] lastLocation;

    Sum(int resources) {
      of = new long[resources];
      lastLocation = new int[resources];
      Arrays.fill(lastLocation, Integer.MIN_VALUE);
    }

    /** Locations come one after the other; each counts once for a resource. */
    void add(int[] resources, int location, int hosts) {
      for (int r : resources) {
        if (lastLocation[r] != location) {
          lastLocation[r] = location;
          of[r] += hosts;
        }
      }
    }
  }
}
