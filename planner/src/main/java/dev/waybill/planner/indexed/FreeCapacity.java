package dev.waybill.planner.indexed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the resources of an indexed problem can still carry beside the copies in progress, for the
 * planner's lower bounds: by time T resource r carries at most the integral over 0..T of max(0,
 * capacity - load in progress).
 */
public final class FreeCapacity {
  private static final int BISECTIONS = 60;

  /** By how much volumes may be off when they are compared with whole blocks. */
  private static final double ROUNDING = 1e-9;

  private final IndexedProblem problem;

  /** By resource that copies in progress use. */
  private final Map<Integer, FreeSteps> steps = new HashMap<>();

  public FreeCapacity(IndexedProblem problem) {
    this.problem = problem;
    Map<Integer, List<double[]>> changes = new HashMap<>();
    for (Load load : problem.loads) {
      if (load.end() > 0) {
        for (int r : load.way()) {
          List<double[]> of = changes.computeIfAbsent(r, k -> new ArrayList<>());
          of.add(new double[] {Math.max(0, load.start()), load.rate()});
          of.add(new double[] {load.end(), -load.rate()});
        }
      }
    }
    changes.forEach((r, of) -> steps.put(r, new FreeSteps(problem.capacity[r], of)));
  }

  /** Bytes that {@code resource} can carry from {@code from} to {@code to}, seconds. */
  public double volume(int resource, double from, double to) {
    if (to <= from) {
      return 0;
    }
    @Nullable FreeSteps of = steps.get(resource);
    return of == null
        ? problem.capacity[resource] * (to - from)
        : of.carried(to) - of.carried(from);
  }

  /** When the last copy in progress that uses {@code resource} ends; 0 where none does. */
  public double busyUntil(int resource) {
    @Nullable FreeSteps of = steps.get(resource);
    return of == null ? 0 : of.end();
  }

  /**
   * For how many seconds from {@code from} to {@code to} a bit more capacity of {@code resource}
   * would let it carry more: all of them, but those in which copies in progress take more than
   * there is.
   */
  public double openSeconds(int resource, double from, double to) {
    @Nullable FreeSteps of = steps.get(resource);
    double overloaded = of == null ? 0 : of.overloadedSeconds(from, to);
    return Math.max(0, Math.max(0, to - from) - overloaded);
  }

  /** What new copies can use of {@code resource} at {@code time}, bytes per second. */
  public double rate(int resource, double time) {
    @Nullable FreeSteps of = steps.get(resource);
    return of == null ? problem.capacity[resource] : of.rate(time);
  }

  /** The earliest time by which {@code resources} together can have carried {@code bytes}. */
  public double earliest(int[] resources, double bytes) {
    return earliest(resources, ones(resources), new double[resources.length], bytes);
  }

  /**
   * The earliest time by which {@code resources} together can have carried {@code bytes}, each
   * carrying nothing before its own {@code opens}.
   */
  public double earliest(int[] resources, double[] opens, double bytes) {
    return earliest(resources, ones(resources), opens, bytes);
  }

  /**
   * The earliest time by which the sum over {@code resources} of weight times the bytes that it has
   * carried can be {@code sum}, each carrying nothing before its own {@code opens}; rounded down.
   */
  public double earliest(int[] resources, double[] weights, double[] opens, double sum) {
    if (sum <= 0) {
      return 0;
    }
    double growth = 0;
    double latest = 0;
    for (int i = 0; i < resources.length; i++) {
      growth += weights[i] * problem.capacity[resources[i]];
      latest = Math.max(latest, Math.max(opens[i], busyUntil(resources[i])));
    }
    if (growth == 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (latest == 0) {
      return sum / growth;
    }
    return bisect(
        latest + sum / growth,
        middle -> {
          double carried = 0;
          for (int k = 0; k < resources.length; k++) {
            carried += weights[k] * volume(resources[k], opens[k], middle);
          }
          return carried >= sum;
        });
  }

  /**
   * The earliest time by which {@code resources} together can have carried {@code count} whole
   * blocks of {@code block} bytes each, each block over one of them, each carrying nothing before
   * its own {@code opens}; rounded down.
   */
  public double earliestWhole(int[] resources, double[] opens, double block, long count) {
    double high = 0;
    for (int i = 0; i < resources.length; i++) {
      if (problem.capacity[resources[i]] > 0) {
        double idle = Math.max(opens[i], busyUntil(resources[i]));
        double alone = idle + count * block / problem.capacity[resources[i]];
        high = high == 0 ? alone : Math.min(high, alone);
      }
    }
    if (count <= 0 || high == 0) {
      return count <= 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return bisect(
        high,
        middle -> {
          long carried = 0;
          for (int k = 0; k < resources.length; k++) {
            carried += (long) (volume(resources[k], opens[k], middle) / block * (1 + ROUNDING));
          }
          return carried >= count;
        });
  }

  /** A time up to {@code high} at which it isn't yet enough, next to one at which it is. */
  private static double bisect(double high, DoublePredicate enough) {
    double low = 0;
    double above = high;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + above) / 2;
      if (enough.test(middle)) {
        above = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static double[] ones(int[] resources) {
    double[] ones = new double[resources.length];
    Arrays.fill(ones, 1);
    return ones;
  }
}
