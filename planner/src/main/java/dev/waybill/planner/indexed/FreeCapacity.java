package dev.waybill.planner.indexed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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

  /** By resource that copies in progress use: time -> load from then on. */
  private final Map<Integer, NavigableMap<Double, Double>> loads = new HashMap<>();

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
    changes.forEach((r, of) -> loads.put(r, steps(of)));
  }

  private static NavigableMap<Double, Double> steps(List<double[]> changes) {
    changes.sort((a, b) -> Double.compare(a[0], b[0]));
    NavigableMap<Double, Double> steps = new TreeMap<>();
    double load = 0;
    for (double[] c : changes) {
      load += c[1];
      steps.put(c[0], Math.max(0, load));
    }
    // The last change is the end of the last copy: what is left there is rounding.
    steps.put(steps.lastKey(), 0.0);
    return steps;
  }

  /** Bytes that {@code resource} can carry from {@code from} to {@code to}, seconds. */
  public double volume(int resource, double from, double to) {
    if (to <= from) {
      return 0;
    }
    double capacity = problem.capacity[resource];
    @Nullable NavigableMap<Double, Double> steps = steps(resource);
    if (steps == null) {
      return capacity * (to - from);
    }
    double bytes = 0;
    double at = from;
    Map.Entry<Double, Double> before = steps.floorEntry(from);
    double load = before == null ? 0 : before.getValue();
    for (Map.Entry<Double, Double> step : steps.subMap(from, false, to, false).entrySet()) {
      bytes += Math.max(0, capacity - load) * (step.getKey() - at);
      at = step.getKey();
      load = step.getValue();
    }
    return bytes + Math.max(0, capacity - load) * (to - at);
  }

  private @Nullable NavigableMap<Double, Double> steps(int resource) {
    return loads.isEmpty() ? null : loads.get(resource);
  }

  /** When the last copy in progress that uses {@code resource} ends; 0 where none does. */
  public double busyUntil(int resource) {
    @Nullable NavigableMap<Double, Double> steps = steps(resource);
    return steps == null ? 0 : steps.lastKey();
  }

  /**
   * For how many seconds from {@code from} to {@code to} a bit more capacity of {@code resource}
   * would let it carry more: all of them, but those in which copies in progress take more than
   * there is.
   */
  public double openSeconds(int resource, double from, double to) {
    @Nullable NavigableMap<Double, Double> steps = steps(resource);
    double seconds = Math.max(0, to - from);
    if (steps == null) {
      return seconds;
    }
    for (Map.Entry<Double, Double> step : steps.entrySet()) {
      Double until = steps.higherKey(step.getKey());
      if (step.getValue() > problem.capacity[resource] && until != null) {
        seconds -= Math.max(0, Math.min(until, to) - Math.max(step.getKey(), from));
      }
    }
    return Math.max(0, seconds);
  }

  /** What new copies can use of {@code resource} at {@code time}, bytes per second. */
  public double rate(int resource, double time) {
    @Nullable NavigableMap<Double, Double> steps = steps(resource);
    Map.Entry<Double, Double> step = steps == null ? null : steps.floorEntry(time);
    return Math.max(0, problem.capacity[resource] - (step == null ? 0 : step.getValue()));
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
