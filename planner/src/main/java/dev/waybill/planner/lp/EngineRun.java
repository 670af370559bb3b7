package dev.waybill.planner.lp;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of an OR-Tools engine of the planner, beside the thread that waits for it: native code
 * can't look whether it has to stop, so that the thread that waits looks and interrupts it.
 */
public final class EngineRun {
  private static final long LOOK_EVERY_MILLIS = 10;
  private static final long GRACE_MILLIS = 300;

  private EngineRun() {}

  /**
   * What {@code work} returns, or null where it was told to stop and did not return soon
   * afterwards; it is left to end by itself then, and what it would have returned is lost.
   *
   * @param work loads the natives first, which takes its time too
   * @param interrupt asks the engine to stop; called from the thread that waits, at most once
   * @param stop whether it has to stop; asked from the thread that waits only
   */
  public static <T> @Nullable T of(Callable<T> work, Runnable interrupt, BooleanSupplier stop) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "engine");
    thread.setDaemon(true);
    thread.start();
    try {
      while (!stop.getAsBoolean()) {
        T result = get(task, LOOK_EVERY_MILLIS);
        if (result != null) {
          return result;
        }
      }
      interrupt.run();
      return get(task, GRACE_MILLIS);
    } catch (InterruptedException e) {
      interrupt.run();
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static <T> @Nullable T get(FutureTask<T> task, long millis) throws InterruptedException {
    try {
      return task.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an engine failed", e.getCause());
    }
  }
}
