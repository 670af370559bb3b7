package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockRange;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Part of the master's traffic: what a copy of the schedule gets that is ordered now, beside what
 * runs. That is its rate, with two exceptions. A schedule of trees brings also single blocks at the
 * rate at which they are there in the end: where much more is left, such a one is over at once. And
 * a copy that is sooner done with what is left than it would be if it waited for all of its rate
 * does not wait, nor keep waiting what comes after it.
 */
final class StartRate {
  /** A copy of little takes no longer than this many seconds where there is room. */
  private static final double SLOW_SECONDS = 1;

  private static final double AT_ONCE_SECONDS = 0.25;
  private static final double SOON_SECONDS = 0.5;

  /** For no longer is it reckoned that a copy would wait for its rate. */
  private static final double LONG_SECONDS = 10;

  private final Ledger ledger;
  private final Map<Long, Traffic.Running> running;

  StartRate(Ledger ledger, Map<Long, Traffic.Running> running) {
    this.ledger = ledger;
    this.running = running;
  }

  /** In bytes per second; more than there is where the copy is to wait. */
  double of(Traffic.Planned p, Set<String> way, BlockRange blocks, Traffic.Gate gate) {
    long bytes = gate.bytes(p, blocks);
    double left = ledger.left(way);
    double atOnce = Math.min(left, bytes / AT_ONCE_SECONDS);
    boolean isOverSoon = bytes > SLOW_SECONDS * p.rate() && bytes <= SOON_SECONDS * atOnce;
    if (isOverSoon && gate.goesAt(atOnce, p, blocks)) {
      return atOnce;
    }
    boolean lacks = left > 0 && !ledger.fits(way, Traffic.shareOf(p.rate(), bytes));
    double later = bytes / left - bytes / p.rate();
    return lacks && later <= LONG_SECONDS && later <= wait(p, way, gate) ? left : p.rate();
  }

  /** When those that run now leave a copy its rate on all of its way, in seconds from now. */
  private double wait(Traffic.Planned p, Set<String> way, Traffic.Gate gate) {
    return way.stream()
        .mapToDouble(r -> wait(r, p.rate() - (ledger.capacity(r) - ledger.allocated(r)), gate))
        .max()
        .orElse(0);
  }

  private double wait(String resource, double lacks, Traffic.Gate gate) {
    if (lacks <= 0) {
      return 0;
    }
    TreeMap<Double, Double> ends = new TreeMap<>();
    for (long id : ledger.on(resource)) {
      Traffic.Running r = running.get(id);
      // What has ended has its share for a moment yet.
      ends.merge(r == null ? 0 : gate.secondsLeft(r), r == null ? lacks : r.share(), Double::sum);
    }
    double wait = 0;
    double still = lacks;
    while (still > 0 && wait < LONG_SECONDS) {
      Map.Entry<Double, Double> next = ends.pollFirstEntry();
      if (next == null) {
        return LONG_SECONDS;
      }
      wait = next.getKey();
      still -= next.getValue();
    }
    return Math.min(LONG_SECONDS, wait);
  }
}
