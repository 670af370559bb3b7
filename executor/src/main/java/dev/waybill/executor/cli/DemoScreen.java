package dev.waybill.executor.cli;

import dev.waybill.executor.demo.DemoView;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Status.Held;
import dev.waybill.model.protocol.Status.HostStatus;
import dev.waybill.runtime.cli.Terminal;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The progress of {@code demo}: a bar per host on a terminal, lines elsewhere. */
final class DemoScreen implements DemoView {
  private static final int BAR = 50;
  private static final double LINE_SECONDS = 5;

  private final PrintStream out;
  private final boolean terminal;
  private int drawn;
  private double nextLineSeconds = LINE_SECONDS;

  /**
   * @param json whether standard output belongs to a document
   */
  DemoScreen(boolean json) {
    this.out = json ? System.err : System.out;
    this.terminal = json ? Terminal.isError() : Terminal.isOutput();
  }

  @Override
  public void step(String line) {
    out.println(line);
    out.flush();
    drawn = 0;
  }

  @Override
  public void progress(Status status, double elapsedSeconds, int blocks) {
    if (terminal) {
      draw(status, elapsedSeconds, blocks);
    } else if (elapsedSeconds >= nextLineSeconds) {
      nextLineSeconds += LINE_SECONDS;
      out.println(line(status.hosts(), elapsedSeconds, blocks));
    }
    out.flush();
  }

  private void draw(Status status, double elapsedSeconds, int blocks) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\033[").append(drawn).append('A');
    }
    for (HostStatus h : status.hosts()) {
      double share = share(h, blocks);
      text.append(
          String.format(
              Locale.ROOT,
              "\033[K%-8s [%s] %5.1f%%%n",
              Terminal.abbreviated(h.host(), 8),
              Terminal.bar(share, BAR),
              100 * share));
    }
    text.append(String.format(Locale.ROOT, "\033[K%.1f s%n", elapsedSeconds));
    out.print(text);
    drawn = status.hosts().size() + 1;
  }

  private static String line(List<HostStatus> hosts, double elapsedSeconds, int blocks) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%5.1f s:", elapsedSeconds));
    for (HostStatus h : hosts) {
      text.append(
          String.format(Locale.ROOT, "  %s %.0f%%", h.host(), Math.floor(100 * share(h, blocks))));
    }
    return text.toString();
  }

  private static double share(HostStatus host, int blocks) {
    int held = host.files().stream().mapToInt(Held::heldBlocks).sum();
    return blocks == 0 ? 0 : Math.min(1, (double) held / blocks);
  }
}
