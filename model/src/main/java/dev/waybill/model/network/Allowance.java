package dev.waybill.model.network;

import java.util.List;

/**
 * What a resource of the network gives to copies, and when: windows of the day with a capacity of
 * their own, and a share that is reserved for others.
 *
 * @param reserved share of the capacity that no copy gets, in [0, 1)
 * @param windows the first that is open counts; outside of all of them the resource's own capacity
 *     does
 */
public record Allowance(double reserved, List<Window> windows) {
  /** All of the capacity, at all times. */
  public static final Allowance ALL = new Allowance(0, List.of());

  private static final long DAY = 86_400;
  private static final long WEEK = 7 * DAY;

  /** 1970-01-01 was a Thursday; weeks begin on Monday. */
  private static final long MONDAY_OFFSET = 3 * DAY;

  public Allowance {
    windows = List.copyOf(windows);
    if (!(reserved >= 0 && reserved < 1)) {
      throw new IllegalArgumentException("reserved share " + reserved);
    }
  }

  /**
   * Part of a day with a capacity of its own, in UTC.
   *
   * @param fromSecond of the day, in [0, 86400)
   * @param toSecond of the day, in (0, 86400], not in the window; before {@code fromSecond} where
   *     it lasts into the next day
   * @param days on which it begins, 0 for Monday; empty: on every day
   * @param capacity bytes per second
   */
  public record Window(int fromSecond, int toSecond, List<Integer> days, double capacity) {
    public Window {
      days = List.copyOf(days);
      boolean times = fromSecond >= 0 && fromSecond < DAY && toSecond > 0 && toSecond <= DAY;
      if (!times || fromSecond == toSecond || !(capacity >= 0) || Double.isInfinite(capacity)) {
        throw new IllegalArgumentException(
            "window from %d to %d with %s".formatted(fromSecond, toSecond, capacity));
      }
    }

    private long lengthSeconds() {
      return toSecond > fromSecond ? toSecond - fromSecond : DAY - fromSecond + toSecond;
    }

    /** Whether it is open at this second of the week. */
    boolean isOpen(double secondOfWeek) {
      for (int day = 0; day < 7; day++) {
        double since = secondOfWeek - (day * DAY + fromSecond);
        double wrapped = since < 0 ? since + WEEK : since;
        if ((days.isEmpty() || days.contains(day)) && wrapped < lengthSeconds()) {
          return true;
        }
      }
      return false;
    }
  }

  private static double secondOfWeek(double epochSeconds) {
    double second = (epochSeconds + MONDAY_OFFSET) % WEEK;
    return second < 0 ? second + WEEK : second;
  }

  /**
   * What copies may use together at a moment.
   *
   * @param capacity of the resource outside of all windows
   * @param epochSeconds UTC
   */
  public double capacity(double capacity, double epochSeconds) {
    double second = secondOfWeek(epochSeconds);
    for (Window w : windows) {
      if (w.isOpen(second)) {
        return w.capacity() * (1 - reserved);
      }
    }
    return capacity * (1 - reserved);
  }

  /** When a window next opens or closes after a moment; infinity where there is none. */
  public double nextChange(double epochSeconds) {
    if (windows.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    double midnight = Math.floor(epochSeconds / DAY) * DAY;
    double next = Double.POSITIVE_INFINITY;
    for (Window w : windows) {
      for (int day = 0; day < 2; day++) {
        for (int second : new int[] {w.fromSecond(), w.toSecond()}) {
          double at = midnight + day * DAY + second;
          next = at > epochSeconds ? Math.min(next, at) : next;
        }
      }
    }
    return next;
  }
}
