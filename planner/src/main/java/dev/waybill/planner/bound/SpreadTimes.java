package dev.waybill.planner.bound;

import java.util.PriorityQueue;

/**
 * How fast one block can spread, for the lower bounds that count whole blocks.
 *
 * <p>A sender of capacity u that has held a block of B bytes for t seconds has completed at most
 * floor(t u / B) copies of it, however it shares its capacity among them. So with sources that
 * complete their i-th copy no sooner than {@code first + (i - 1) * sourceInterval} and every later
 * holder one each {@code interval} from when it holds it, the n-th acquisition happens no sooner
 * than in the process in which all of them do their utmost. For equal capacities that is the
 * doubling of Mundinger, Weber and Weiss, Optimal scheduling of peer-to-peer file dissemination, J.
 * Scheduling 11 (2008).
 */
final class SpreadTimes {
  private SpreadTimes() {}

  private record Sender(double next, double interval) {}

  /** Lower bounds, ascending, on the times of the first {@code count} acquisitions. */
  static double[] of(int count, double first, double sourceInterval, double interval) {
    double[] times = new double[count];
    PriorityQueue<Sender> senders = new PriorityQueue<>((a, b) -> Double.compare(a.next, b.next));
    senders.add(new Sender(first, sourceInterval));
    for (int i = 0; i < count; i++) {
      Sender s = senders.remove();
      times[i] = s.next;
      senders.add(new Sender(s.next + s.interval, s.interval));
      senders.add(new Sender(s.next + interval, interval));
    }
    return times;
  }
}
