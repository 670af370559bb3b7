package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Load;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the resources of a lower bound's problem can still carry beside the copies in progress: by
 * time T resource r carries at most the integral over 0..T of max(0, capacity - load in progress).
 */
final class FreeCapacity {
  private static final int BISECTIONS = 60;

  private final IndexedProblem problem;

  /** By resource that copies in progress use: time -> load from then on. */
  private final Map<Integer, NavigableMap<Double, Double>> loads = new HashMap<>();

  FreeCapacity(IndexedProblem problem) {
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
  private double volume(int resource, double from, double to) {
    if (to <= from) {
      return 0;
    }
    double capacity = problem.capacity[resource];
    NavigableMap<Double, Double> steps = loads.get(resource);
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

  /** The earliest time by which {@code resources} together can have carried {@code bytes}. */
  double earliest(int[] resources, double bytes) {
    return earliest(resources, new double[resources.length], bytes);
  }

  /**
   * The earliest time by which {@code resources} together can have carried {@code bytes}, each
   * carrying nothing before its own {@code opens}.
   */
  double earliest(int[] resources, double[] opens, double bytes) {
    if (bytes <= 0) {
      return 0;
    }
    double capacity = 0;
    double latest = 0;
    for (int i = 0; i < resources.length; i++) {
      capacity += problem.capacity[resources[i]];
      NavigableMap<Double, Double> steps = loads.get(resources[i]);
      latest = Math.max(latest, Math.max(opens[i], steps == null ? 0 : steps.lastKey()));
    }
    if (capacity == 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (latest == 0) {
      return bytes / capacity;
    }
    double low = 0;
    double high = latest + bytes / capacity;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      double carried = 0;
      for (int k = 0; k < resources.length; k++) {
        carried += volume(resources[k], opens[k], middle);
      }
      if (carried < bytes) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
