package dev.waybill.planner.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the master's solver, which stand back behind those that answer reports once a run
 * takes long: a solver takes every processor that it is given, but a short run is what hosts wait
 * for. They do so where the JVM is told to heed priorities.
 */
@SuppressWarnings("ThreadPriorityCheck")
final class StandingBack {
  private static final Duration AFTER = Duration.ofMillis(500);

  private final ThreadGroup group;

  StandingBack(String name) {
    group = new ThreadGroup(name);
  }

  /** A run; closing it says that it has ended. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** One of the threads; those that it starts are, too. */
  Thread thread(Runnable work) {
    Thread thread = new Thread(group, work, group.getName());
    thread.setDaemon(true);
    return thread;
  }

  /** The calling thread, which is one of these, begins a run. */
  Turn begin() {
    Thread.currentThread().setPriority(Thread.NORM_PRIORITY);
    Executor later = CompletableFuture.delayedExecutor(AFTER.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Void> standBack = CompletableFuture.runAsync(this::standBack, later);
    return () -> standBack.cancel(false);
  }

  private void standBack() {
    // Room for some that start meanwhile; those that start later have their starter's priority.
    Thread[] threads = new Thread[2 * group.activeCount() + 1];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      threads[i].setPriority(Thread.MIN_PRIORITY);
    }
  }
}
