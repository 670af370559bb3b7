package dev.waybill.executor.trace;

import dev.waybill.model.protocol.Trace;
import dev.waybill.model.protocol.Trace.Arrival;
import dev.waybill.model.protocol.Trace.TracedCopy;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a distribution as one HTML document that needs nothing else: every copy as planned
 * and as it went, a row each, and where the seconds went.
 */
public final class TracePage {
  private static final int WIDTH = 900;
  private static final int LEFT = 220;
  private static final int ROW = 14;
  private static final String STYLE =
      "body{font:14px sans-serif;margin:2em}pre{font-size:12px}text{font:11px sans-serif}"
          + ".plan{fill:#bbb}.wait{fill:#f4d58d}.run{fill:#2a6f97}.fail{fill:#c1121f}"
          + ".least{stroke:#2b9348}.planned{stroke:#888}.done{stroke:#2a6f97}";

  private TracePage() {}

  public static String of(Trace trace, Regret regret) {
    double end = 1e-3;
    for (TracedCopy c : trace.copies()) {
      end = Math.max(end, Math.max(c.planned() + c.idealSeconds(), orElse(c.ended(), c.ordered())));
    }
    end = Math.max(end, Math.max(trace.elapsedSeconds(), orElse(trace.plannedSeconds(), 0)));
    List<TracedCopy> copies =
        trace.copies().stream()
            .sorted(Comparator.comparing(TracedCopy::to).thenComparingDouble(TracedCopy::planned))
            .toList();
    double scale = WIDTH / end;
    int height = ROW * (copies.size() + 2);
    StringBuilder out = new StringBuilder();
    out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(trace.file().toString()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(escaped(trace.file().toString()))
        .append("</h1><p>Grey: as planned. Yellow: ordered, before the first block. Blue: blocks ")
        .append("arriving. Lines: at least (green), planned (grey), actual (blue).</p>");
    out.append(
        String.format(
            Locale.ROOT,
            "<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"copies over time\">%n",
            LEFT + WIDTH + 10,
            height));
    int y = ROW;
    for (TracedCopy c : copies) {
      out.append(row(c, y, scale, end));
      y += ROW;
    }
    out.append(mark("least", trace.atLeastSeconds(), scale, height));
    out.append(mark("planned", trace.plannedSeconds(), scale, height));
    out.append(mark("done", trace.elapsedSeconds(), scale, height));
    out.append("</svg><h2>Hosts</h2><pre>");
    for (Arrival a : trace.arrivals()) {
      out.append(String.format(Locale.ROOT, "%10.3f s  %s%n", a.at(), escaped(a.host())));
    }
    return out.append("</pre><h2>Seconds</h2><pre>")
        .append(escaped(TraceText.of(trace, regret)))
        .append("</pre></body></html>\n")
        .toString();
  }

  private static String row(TracedCopy c, int y, double scale, double end) {
    double began = orElse(c.began(), orElse(c.ended(), end));
    double arrived = orElse(c.arrived(), orElse(c.ended(), end));
    return String.format(
            Locale.ROOT,
            "<text x=\"0\" y=\"%d\">%s</text>",
            y + 9,
            escaped(c.from() + " → " + c.to() + "  " + c.first() + "–" + c.last()))
        + bar("plan", c.planned(), c.planned() + c.idealSeconds(), y, 3, scale)
        + bar("wait", c.ordered(), began, y + 4, 7, scale)
        + bar(c.failure() == null ? "run" : "fail", began, arrived, y + 4, 7, scale);
  }

  private static String bar(String kind, double from, double to, int y, int height, double scale) {
    return String.format(
        Locale.ROOT,
        "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
        kind,
        LEFT + Math.max(0, from) * scale,
        y,
        Math.max(0.5, (to - Math.max(0, from)) * scale),
        height);
  }

  private static String mark(String kind, @Nullable Double at, double scale, int height) {
    if (at == null) {
      return "";
    }
    double x = LEFT + at * scale;
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"0\" x2=\"%.1f\" y2=\"%d\"/>%n",
        kind,
        x,
        x,
        height);
  }

  private static double orElse(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
