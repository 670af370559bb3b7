package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.picture.Gantt;
import dev.waybill.benchmarks.picture.Heat;
import dev.waybill.benchmarks.picture.Picture;
import dev.waybill.benchmarks.picture.Strip;
import dev.waybill.benchmarks.report.Svg.Anchor;
import dev.waybill.model.unit.DataRate;
import java.util.List;
import java.util.Locale;

/**
 * A chart of the report: one schedule over time. Receivers above, copy by copy or by how much comes
 * in; the busiest resources below, on the same axis.
 */
final class ScheduleChart {
  private static final double WIDTH = 1180;
  private static final double LEFT = 190;
  private static final double RIGHT = 1010;
  private static final double STRIP = 26;

  private final Picture picture;
  private final Svg svg = new Svg();
  private final Scale time;
  private double y;

  private ScheduleChart(Picture picture) {
    this.picture = picture;
    this.time = Scale.linear(picture.endSeconds(), LEFT, RIGHT);
  }

  /**
   * @param makespan seconds, marked by a line
   * @param bound seconds, likewise
   */
  static String draw(Picture picture, double makespan, double bound) {
    ScheduleChart chart = new ScheduleChart(picture);
    chart.receivers(makespan, bound);
    chart.resources();
    return chart.svg.drawn(WIDTH, chart.y + 6, "the schedule over time");
  }

  private void receivers(double makespan, double bound) {
    Gantt gantt = picture.gantt();
    Heat heat = picture.heat();
    y = 12;
    if (gantt != null) {
      svg.text(0, y, Anchor.START, "strong", "Copies by receiver");
      legend(gantt);
    } else if (heat != null) {
      svg.text(0, y, Anchor.START, "strong", "What comes in, by " + heat.what());
      legend(heat);
    }
    double top = y + 34;
    y = top + 4;
    if (gantt != null) {
      bars(gantt);
    } else if (heat != null) {
      cells(heat);
    }
    if (bound > 0) {
      svg.line(time.at(bound), top - 16, time.at(bound), y, "bound");
      svg.text(
          time.at(bound) - 4, top - 8, Anchor.END, "value", "bound " + Say.precise(bound) + " s");
    }
    svg.line(time.at(makespan), top - 4, time.at(makespan), y, "makespan");
    String name = "makespan " + Say.precise(makespan) + " s";
    svg.text(time.at(makespan) + 4, top - 8, Anchor.START, "value", name);
    axis();
  }

  private void axis() {
    svg.line(LEFT, y, RIGHT, y, "frame");
    for (Scale.Tick t : time.ticks()) {
      svg.line(t.pixel(), y, t.pixel(), y + 4, "frame");
      svg.text(t.pixel(), y + 16, Anchor.MIDDLE, "tick", t.text());
    }
    svg.text(RIGHT + 12, y + 16, Anchor.START, "axis", "seconds");
    y += 26;
  }

  private void legend(Gantt gantt) {
    if (gantt.by().isEmpty()) {
      return;
    }
    double x = LEFT;
    svg.text(x, y, Anchor.START, "axis", "by " + gantt.by() + ":");
    x += 24 + 6.2 * gantt.by().length() + 8;
    double room = (WIDTH - x) / gantt.groups().size();
    for (int i = 0; i < gantt.groups().size(); i++) {
      svg.rect(x, y - 9, 11, 11, "fill=\"" + Palette.colour(i) + "\"", "");
      svg.label(x + 16, y, Anchor.START, "axis", gantt.groups().get(i), room - 24);
      x += Math.min(room, 30 + 6.6 * gantt.groups().get(i).length());
    }
  }

  private void bars(Gantt gantt) {
    int lanes = gantt.rows().stream().mapToInt(Gantt.Row::lanes).sum();
    double lane = lanes > 100 ? 6 : lanes > 60 ? 8 : lanes > 30 ? 10 : 14;
    double[] top = new double[gantt.rows().size()];
    for (int r = 0; r < top.length; r++) {
      Gantt.Row row = gantt.rows().get(r);
      double height = Math.max(row.lanes() * lane, 11) + 3;
      top[r] = y + 1.5;
      svg.line(LEFT, y, RIGHT, y, "minor");
      svg.label(LEFT - 8, y + height / 2 + 4, Anchor.END, "tick", row.host(), LEFT - 10);
      y += height;
    }
    for (Gantt.Bar bar : gantt.bars()) {
      double from = time.at(bar.start());
      double width = Math.max(0.7, time.at(bar.end()) - from);
      String fill =
          bar.inProgress()
              ? "fill=\"#bbb\" class=\"bar\""
              : "fill=\"" + Palette.colour(bar.group()) + "\" class=\"bar\"";
      String text = (bar.inProgress() ? "in progress: " : "") + bar.text();
      svg.rect(from, top[bar.row()] + bar.lane() * lane, width, lane - 1, fill, text);
    }
  }

  private static double peak(Heat heat) {
    return heat.rows().stream().flatMap(r -> r.rate().stream()).mapToDouble(d -> d).max().orElse(0);
  }

  private void legend(Heat heat) {
    int n = Palette.SEQUENCE.size();
    double x = LEFT + 190;
    svg.text(x - 8, y, Anchor.END, "axis", "0");
    for (int i = 0; i < n; i++) {
      svg.rect(x + i * 18, y - 10, 18, 12, "fill=\"" + Palette.SEQUENCE.get(i) + "\"", "");
    }
    boolean several = heat.rows().stream().anyMatch(r -> r.receivers() > 1);
    String most = new DataRate(peak(heat)) + (several ? " a receiver, on average" : "");
    svg.text(x + n * 18 + 8, y, Anchor.START, "axis", most);
  }

  /** Neighbours of one colour are drawn as one, and all of one colour by one path. */
  private void cells(Heat heat) {
    int n = Palette.SEQUENCE.size();
    double peak = peak(heat);
    double height = heat.rows().size() > 24 ? 11 : 15;
    StringBuilder[] paths = new StringBuilder[n];
    for (int i = 0; i < n; i++) {
      paths[i] = new StringBuilder();
    }
    for (Heat.Row row : heat.rows()) {
      String count = row.receivers() > 1 ? " (" + row.receivers() + ")" : "";
      svg.label(LEFT - 8, y + height - 2, Anchor.END, "tick", row.label() + count, LEFT - 10);
      List<Double> rate = row.rate();
      double bin = (RIGHT - LEFT) / rate.size();
      for (int b = 0; b < rate.size(); ) {
        int level = level(rate.get(b), peak, n);
        int end = b + 1;
        while (end < rate.size() && level(rate.get(end), peak, n) == level) {
          end++;
        }
        String width = Svg.px((end - b) * bin);
        paths[level].append('M').append(Svg.px(LEFT + b * bin)).append(' ').append(Svg.px(y));
        paths[level].append('h').append(width).append('v').append(Svg.px(height - 1));
        paths[level].append("h-").append(width).append('z');
        b = end;
      }
      y += height;
    }
    for (int i = 0; i < n; i++) {
      svg.path(paths[i].toString(), "fill=\"" + Palette.SEQUENCE.get(i) + "\"");
    }
  }

  private static int level(double rate, double peak, int levels) {
    return peak == 0 ? 0 : (int) Math.min(levels - 1, Math.ceil(rate / peak * (levels - 1)));
  }

  private void resources() {
    if (picture.strips().isEmpty()) {
      return;
    }
    y += 18;
    svg.text(0, y, Anchor.START, "strong", "Busiest resources");
    svg.text(LEFT, y, Anchor.START, "axis", "load over time; the line is the capacity");
    svg.text(RIGHT + 12, y, Anchor.START, "axis", "mean until the makespan");
    y += 10;
    for (Strip s : picture.strips()) {
      strip(s);
    }
    axis();
    if (picture.otherBusy() > 0) {
      String more = picture.otherBusy() == 1 ? "resource is" : "resources are";
      svg.text(
          LEFT,
          y + 6,
          Anchor.START,
          "axis",
          picture.otherBusy() + " more " + more + " used to 90 % or more");
      y += 12;
    }
  }

  private void strip(Strip s) {
    double base = y + STRIP - 3;
    double full = STRIP - 8;
    double bin = (RIGHT - LEFT) / s.load().size();
    StringBuilder d = new StringBuilder("M" + Svg.px(LEFT) + " " + Svg.px(base));
    String before = "";
    for (int b = 0; b < s.load().size(); b++) {
      String top = Svg.px(base - full * Math.min(1, s.load().get(b) / s.capacity()));
      if (!top.equals(before)) {
        d.append('H').append(Svg.px(LEFT + b * bin)).append('V').append(top);
        before = top;
      }
    }
    d.append('H').append(Svg.px(RIGHT)).append('V').append(Svg.px(base)).append('z');
    svg.path(d.toString(), "class=\"load\"");
    svg.line(LEFT, base - full, RIGHT, base - full, "capacity");
    svg.line(LEFT, base, RIGHT, base, "grid");
    svg.label(LEFT - 8, base - 4, Anchor.END, "tick", s.resource(), LEFT - 10);
    String use =
        String.format(Locale.ROOT, "%.1f %% of %s", 100 * s.use(), new DataRate(s.capacity()));
    svg.text(RIGHT + 12, base - 4, Anchor.START, "tick", use);
    y += STRIP;
  }
}
