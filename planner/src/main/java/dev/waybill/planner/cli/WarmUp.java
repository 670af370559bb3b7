package dev.waybill.planner.cli;

import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.instance.Pattern;
import dev.waybill.planner.lp.OrTools;
import dev.waybill.planner.solve.Reachability;
import dev.waybill.planner.solve.Rehearsal;

/**
 * Bounds of small problems that the command {@code plan} computes while it reads its instance, so
 * that the JVM has loaded and compiled the code, and OR-Tools' library, once it is needed.
 */
final class WarmUp implements AutoCloseable {
  private static final int HOSTS = 480;
  private static final int SITES = 12;
  private static final int MOST_ROUNDS = 60;

  private volatile boolean over;

  private WarmUp() {}

  /** Begins on a thread of its own, which ends soon after {@link #close}. */
  static WarmUp start() {
    WarmUp warmUp = new WarmUp();
    Thread thread = new Thread(warmUp::run, "warm-up");
    thread.setDaemon(true);
    thread.start();
    return warmUp;
  }

  private void run() {
    Pattern[] patterns = Pattern.values();
    for (int i = 0; i < MOST_ROUNDS && !over; i++) {
      Problem problem = Rehearsal.of(patterns[i % patterns.length].network(HOSTS, SITES, i));
      IndexedProblem indexed = new IndexedProblem(problem);
      if (Reachability.obstacle(indexed) == null && !over) {
        LowerBound.of(indexed);
      }
      if (i == 0) {
        OrTools.available();
      }
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
