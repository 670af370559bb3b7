package dev.waybill.executor.cli;

import dev.waybill.executor.publish.Publisher;
import dev.waybill.model.unit.DataSize;
import dev.waybill.runtime.cli.Terminal;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far {@code publish} has come, on standard error: a bar on a terminal, a line now and then
 * elsewhere.
 */
final class PublishProgress implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration LINE = Duration.ofSeconds(5);
  private static final long MEBIBYTE = 1L << 20;

  private final Publisher publisher;
  private final @Nullable ProgressBar bar;
  private final Thread thread = new Thread(this::run, "progress");

  private PublishProgress(Publisher publisher) {
    this.publisher = publisher;
    this.bar = Terminal.isError() ? newBar(publisher) : null;
    thread.setDaemon(true);
    thread.start();
  }

  static PublishProgress show(Publisher publisher) {
    return new PublishProgress(publisher);
  }

  private static ProgressBar newBar(Publisher publisher) {
    return new ProgressBarBuilder()
        .setTaskName(Terminal.abbreviated(publisher.publication().file().toString(), 30))
        .setStyle(ProgressBarStyle.ASCII)
        .setUnit("MiB", MEBIBYTE)
        .setInitialMax(Math.max(1, publisher.progress().totalBytes()))
        .setUpdateIntervalMillis((int) REDRAW.toMillis())
        .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.WIDTH))
        .showSpeed()
        .build();
  }

  private void run() {
    Duration pause = bar == null ? LINE : REDRAW;
    try {
      while (true) {
        Thread.sleep(pause.toMillis());
        show();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show() {
    Publisher.Progress now = publisher.progress();
    if (bar != null) {
      bar.maxHint(Math.max(1, now.totalBytes()));
      bar.stepTo(now.fedBytes());
    } else {
      System.err.printf(
          "%s: %s of %s handed to the origins%n",
          publisher.publication().file(),
          new DataSize(now.fedBytes()),
          new DataSize(now.totalBytes()));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    if (bar != null) {
      show();
      bar.close();
    }
  }
}
