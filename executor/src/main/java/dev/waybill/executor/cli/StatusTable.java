package dev.waybill.executor.cli;

import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Status.Binding;
import dev.waybill.model.protocol.Status.FileStatus;
import dev.waybill.model.protocol.Status.Held;
import dev.waybill.model.protocol.Status.HostStatus;
import dev.waybill.runtime.cli.Terminal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code status} prints for people, in lines of at most {@link Terminal#WIDTH} columns. */
final class StatusTable {
  private static final int BAR = 30;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final StringBuilder text = new StringBuilder();

  private StatusTable() {}

  /** All of it. */
  static String of(Status status) {
    StatusTable table = new StatusTable();
    table.files(status);
    table.hosts(status);
    table.planning(status);
    return table.text.toString();
  }

  /** One line a file, for a log. */
  static String lines(Status status) {
    StatusTable table = new StatusTable();
    for (FileStatus f : status.files()) {
      table.line(
          "%s@%d: %s, %d of %d hosts, at least %s, planned %s, so far %s",
          Terminal.abbreviated(f.file(), 30),
          f.version(),
          state(f),
          f.complete(),
          f.demands(),
          seconds(f.atLeastSeconds()),
          seconds(f.plannedSeconds()),
          seconds(f.elapsedSeconds()));
    }
    if (status.files().isEmpty()) {
      table.line("no file yet");
    }
    return table.text.toString();
  }

  private void files(Status status) {
    line(
        "%-34s %7s  %-12s %11s %9s %9s %9s",
        "FILE", "VERSION", "STATE", "COMPLETE", "AT LEAST", "PLANNED", "SO FAR");
    for (FileStatus f : status.files()) {
      line(
          "%-34s %7d  %-12s %11s %9s %9s %9s",
          Terminal.abbreviated(f.file(), 34),
          f.version(),
          state(f),
          f.complete() + " of " + f.demands(),
          seconds(f.atLeastSeconds()),
          seconds(f.plannedSeconds()),
          seconds(f.elapsedSeconds()));
    }
    if (status.files().isEmpty()) {
      line("(none is published or demanded yet)");
    }
  }

  private static String state(FileStatus f) {
    if (f.done()) {
      return "done";
    }
    return f.isFinal() ? "distributing" : "growing";
  }

  private void hosts(Status status) {
    line("");
    line("%-20s %-8s %-24s %-" + (BAR + 2) + "s %6s", "HOST", "STATE", "FILE", "HELD", "");
    for (HostStatus h : status.hosts()) {
      String host = Terminal.abbreviated(h.host(), 20);
      String state = h.state().name().toLowerCase(Locale.ROOT);
      for (Held held : h.files()) {
        line("%-20s %-8s %-24s %s", host, state, name(held), bar(held));
        if (held.refusal() != null) {
          line("  refused: it %s", Terminal.abbreviated(held.refusal(), 64));
        }
        host = "";
        state = "";
      }
      if (h.files().isEmpty()) {
        line("%-20s %-8s -", host, state);
      }
    }
  }

  private static String name(Held held) {
    String version = "@" + held.version();
    return Terminal.abbreviated(held.file(), Math.max(4, 24 - version.length())) + version;
  }

  private static String bar(Held held) {
    double share = held.blocks() == 0 ? 0 : (double) held.heldBlocks() / held.blocks();
    String end =
        held.published()
            ? "ready"
            : String.format(Locale.ROOT, "%.1f%%", Math.floor(1000 * share) / 10);
    return String.format(
        Locale.ROOT, "[%s] %6s", Terminal.bar(held.published() ? 1 : share, BAR), end);
  }

  private void planning(Status status) {
    Status.Planning planning = status.planning();
    line("");
    line(
        "%d plans made, %d of them known before, %d copies running, %d waiting",
        planning.plans(), planning.cacheHits(), planning.runningCopies(), planning.waitingCopies());
    for (Binding b : status.bottlenecks()) {
      line(
          "bottleneck: %-40s one more MB/s there saves %.3g s",
          Terminal.abbreviated(b.resource(), 40), b.secondsPerUnit() * BYTES_PER_MEGABYTE);
    }
    for (Status.Suspect s : status.suspects()) {
      Double out = s.outForSeconds();
      String count = String.format(Locale.ROOT, "%.1f", s.count());
      line(
          "%s: %s (%sblamed %s times; %s)",
          out == null ? "suspect" : "out of service",
          Terminal.abbreviated(s.component(), 60),
          out == null ? "" : "for " + seconds(out) + ", ",
          count,
          Terminal.abbreviated(String.join("; ", s.evidence()), 100));
    }
    for (Status.Slow s : status.slow()) {
      line(
          "slow: %s gives %.2f of %.2f MB/s: state %.0f in the network file, or --use-measured",
          Terminal.abbreviated(s.resource(), 40),
          s.measured() / BYTES_PER_MEGABYTE,
          s.stated() / BYTES_PER_MEGABYTE,
          s.measured());
    }
    for (Status.Refused r : status.refused()) {
      line(
          "refused: %s: %s (%d times, last %s ago)",
          r.address(), Terminal.abbreviated(r.reason(), 100), r.count(), seconds(r.secondsAgo()));
    }
    if (planning.problem() != null) {
      line("the last plan failed: %s", Terminal.abbreviated(planning.problem(), 76));
    }
  }

  private static String seconds(@Nullable Double seconds) {
    return seconds == null ? "-" : String.format(Locale.ROOT, "%.1f s", seconds);
  }

  @com.google.errorprone.annotations.FormatMethod
  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }
}
