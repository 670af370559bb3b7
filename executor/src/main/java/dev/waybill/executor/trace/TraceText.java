package dev.waybill.executor.trace;

import dev.waybill.executor.trace.Regret.Cause;
import dev.waybill.executor.trace.Regret.Stretch;
import dev.waybill.model.protocol.Trace;
import dev.waybill.model.protocol.Trace.TracedCopy;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The trace of a distribution as text for people. */
public final class TraceText {
  private TraceText() {}

  public static String of(Trace trace, Regret regret) {
    StringBuilder out = new StringBuilder();
    out.append(trace.file()).append(trace.done() ? "\n" : ", still under way\n");
    line(out, "at least", trace.atLeastSeconds());
    line(out, "planned", trace.plannedSeconds());
    line(out, "actual", trace.elapsedSeconds());
    line(out, "publisher before that", trace.preparedSeconds());
    if (!regret.path().isEmpty()) {
      out.append("\nwhere the seconds went, on the path that ended last\n");
      regret
          .seconds()
          .forEach(
              (Cause cause, Double s) -> out.append(row(s)).append(cause.words()).append('\n'));
      out.append("\nthat path\n");
      for (Stretch s : regret.path()) {
        out.append(
            String.format(
                Locale.ROOT,
                "%9.3f %9.3f  %s: %s%n",
                s.from(),
                s.to(),
                s.cause().words(),
                s.what()));
      }
    }
    out.append("\n   planned   ordered     began   arrived  MB/s (planned)\n");
    for (TracedCopy c : trace.copies()) {
      out.append(copy(c)).append('\n');
    }
    if (trace.omitted() > 0) {
      out.append("and ").append(trace.omitted()).append(" more\n");
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String name, @Nullable Double seconds) {
    if (seconds != null) {
      out.append(row(seconds)).append(name).append('\n');
    }
  }

  private static String row(double seconds) {
    return String.format(Locale.ROOT, "%10.3f s  ", seconds);
  }

  private static String copy(TracedCopy c) {
    return time(c.planned())
        + time(c.ordered())
        + time(c.began())
        + time(c.arrived())
        + String.format(
            Locale.ROOT,
            "  %s (%.2f)  %s -> %s  %d-%d",
            rate(c),
            c.rate() / 1e6,
            c.from(),
            c.to(),
            c.first(),
            c.last())
        + (c.failure() == null ? "" : "  not completed: " + c.failure());
  }

  private static String time(@Nullable Double seconds) {
    return seconds == null ? "         -" : String.format(Locale.ROOT, "%10.3f", seconds);
  }

  /** What a copy came to after its first block. */
  private static String rate(TracedCopy c) {
    Double began = c.began();
    Double arrived = c.arrived();
    int blocks = c.last() - c.first() + 1;
    if (began == null || arrived == null || blocks < 2 || arrived <= began) {
      return "-";
    }
    double bytes = c.bytes() * (blocks - 1.0) / blocks;
    return String.format(Locale.ROOT, "%.2f", bytes / (arrived - began) / 1e6);
  }
}
