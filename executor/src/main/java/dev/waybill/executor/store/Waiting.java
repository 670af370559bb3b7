package dev.waybill.executor.store;

import java.util.concurrent.TimeUnit;

/** How threads wait in the block store: on a monitor, for a condition, up to a time. */
final class Waiting {
  private Waiting() {}

  /** Whether something has come about; asked with the monitor held. */
  @FunctionalInterface
  interface Condition {
    boolean holds();
  }

  /**
   * Waits on {@code monitor}, which the caller holds.
   *
   * @return whether the condition holds in the end; a thread that is interrupted stops waiting
   */
  static boolean on(Object monitor, Condition condition, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!condition.holds()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      try {
        monitor.wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return condition.holds();
      }
    }
    return true;
  }
}
