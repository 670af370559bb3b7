package dev.waybill.runtime.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far the long work of a command has come, on standard error: a bar on a terminal, a line now
 * and then elsewhere. Work that is over soon shows nothing.
 */
public final class Progress implements AutoCloseable {
  private static final Duration BAR_AFTER = Duration.ofMillis(500);
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration LINE_AFTER = Duration.ofSeconds(2);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);
  private static final int NAME_WIDTH = 30;

  /**
   * One moment of the work.
   *
   * @param fraction of it that is done, 0 to 1
   * @param text what else there is to say, in few words; may be empty
   */
  public record State(double fraction, String text) {}

  private final String task;
  private final Supplier<State> state;
  private final Thread thread = new Thread(this::run, "progress");
  private @Nullable ProgressBar bar;

  private Progress(String task, Supplier<State> state) {
    this.task = task;
    this.state = state;
    thread.setDaemon(true);
  }

  /**
   * Shows it until it is closed.
   *
   * @param task what is being done, in few words
   * @param state asked now and then, from another thread
   */
  public static Progress show(String task, Supplier<State> state) {
    Progress progress = new Progress(task, state);
    progress.thread.start();
    return progress;
  }

  private void run() {
    boolean terminal = Terminal.isError();
    try {
      Thread.sleep((terminal ? BAR_AFTER : LINE_AFTER).toMillis());
      while (true) {
        if (terminal) {
          draw();
        } else {
          say();
        }
        Thread.sleep((terminal ? REDRAW : LINE_EVERY).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw() {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(Terminal.abbreviated(task, NAME_WIDTH))
              .setStyle(ProgressBarStyle.ASCII)
              .setInitialMax(100)
              .setUpdateIntervalMillis((int) REDRAW.toMillis())
              .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.WIDTH))
              .hideEta()
              .build();
    }
    State now = state.get();
    bar.stepTo(percent(now));
    bar.setExtraMessage(" " + now.text());
  }

  private void say() {
    State now = state.get();
    String text = now.text().isEmpty() ? "" : ", " + now.text();
    System.err.printf(Locale.ROOT, "%s: %d %%%s%n", task, percent(now), text);
  }

  private static long percent(State state) {
    return Math.round(100 * Math.max(0, Math.min(1, state.fraction())));
  }

  @Override
  public void close() {
    thread.interrupt();
    synchronized (this) {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
