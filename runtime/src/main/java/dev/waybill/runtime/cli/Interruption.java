package dev.waybill.runtime.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a process ends whose commands have something to say when they are interrupted: on Ctrl-C, or
 * when told to terminate, a command that listens brings its work to an end, prints what there is,
 * and the process ends with the status that the command returns. Commands that don't listen end at
 * once, as ever. Callable from any thread.
 */
public final class Interruption {
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private volatile boolean requested;

  /** Whether the process has been told to end, and somebody listened. */
  public boolean requested() {
    return requested;
  }

  /** A command that listens; until it is closed. */
  public interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * From now on the process, when told to end, first goes on to the end of its command.
   *
   * @param action what makes the command come to its end; called once, from another thread
   * @param patience after so long the process ends all the same
   */
  public Listening listen(Runnable action, Duration patience) {
    Thread hook = new Thread(() -> finish(action, patience), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending: the hook has begun and waits for the command's status.
      }
    };
  }

  private void finish(Runnable action, Duration patience) {
    if (ended.isDone()) {
      return;
    }
    requested = true;
    action.run();
    try {
      int status = ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      System.out.flush();
      System.err.flush();
      Runtime.getRuntime().halt(status);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("waybill: interrupted");
    }
  }

  /** Ends the process; does not return. */
  public void exit(int status) {
    ended.complete(status);
    System.exit(status);
  }
}
