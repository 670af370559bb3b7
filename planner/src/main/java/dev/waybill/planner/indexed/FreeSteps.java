package dev.waybill.planner.indexed;

import java.util.Arrays;
import java.util.List;

/**
 * What one resource can still carry beside the copies in progress, as steps over time: for {@link
 * FreeCapacity}, which asks for sums over long times often, so that they are kept as running sums.
 */
final class FreeSteps {
  private final double capacity;

  /** Seconds at which the load changes, ascending. */
  private final double[] times;

  /** By step, the load from its time on, bytes per second. */
  private final double[] loads;

  /** By step, bytes that can be carried from 0 until its time. */
  private final double[] carried;

  /**
   * @param capacity bytes per second
   * @param changes (seconds, by how much the load changes there), at least one; the last one is the
   *     end of the last copy
   */
  FreeSteps(double capacity, List<double[]> changes) {
    this.capacity = capacity;
    changes.sort((a, b) -> Double.compare(a[0], b[0]));
    double[] at = new double[changes.size()];
    double[] from = new double[changes.size()];
    int steps = 0;
    double load = 0;
    for (double[] c : changes) {
      load += c[1];
      if (steps == 0 || c[0] > at[steps - 1]) {
        at[steps++] = c[0];
      }
      from[steps - 1] = Math.max(0, load);
    }
    // What is left behind the end of the last copy is rounding.
    from[steps - 1] = 0;
    times = Arrays.copyOf(at, steps);
    loads = Arrays.copyOf(from, steps);
    carried = new double[steps];
    carried[0] = capacity * times[0];
    for (int i = 1; i < steps; i++) {
      carried[i] =
          carried[i - 1] + Math.max(0, capacity - loads[i - 1]) * (times[i] - times[i - 1]);
    }
  }

  /** The step that is in force at a time; -1 before the first. */
  private int step(double time) {
    int found = Arrays.binarySearch(times, time);
    return found >= 0 ? found : -found - 2;
  }

  /** What can be carried at a time, bytes per second. */
  double rate(double time) {
    int step = step(time);
    return Math.max(0, capacity - (step < 0 ? 0 : loads[step]));
  }

  /** Bytes that can be carried from 0 until a time. */
  double carried(double until) {
    int step = step(until);
    return step < 0
        ? capacity * until
        : carried[step] + Math.max(0, capacity - loads[step]) * (until - times[step]);
  }

  /** When the last copy in progress ends. */
  double end() {
    return times[times.length - 1];
  }

  /** For how many seconds from one time to another copies in progress take more than there is. */
  double overloadedSeconds(double from, double to) {
    double seconds = 0;
    for (int i = 0; i + 1 < times.length; i++) {
      if (loads[i] > capacity) {
        seconds += Math.max(0, Math.min(times[i + 1], to) - Math.max(times[i], from));
      }
    }
    return seconds;
  }
}
