package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A chart of the report: how good each solver's best schedule was at each moment of its run. */
final class Convergence {
  private static final double WIDTH = 1180;
  private static final double LEFT = 64;
  private static final double RIGHT = 1040;
  private static final double TOP = 30;
  private static final double BOTTOM = 250;
  private static final double LABEL_GAP = 14;

  private Convergence() {}

  /**
   * One solver's run.
   *
   * @param seconds when it found something better
   * @param values what it came to then
   * @param endSeconds when it ended
   */
  record Curve(
      String name, int series, List<Double> seconds, List<Double> values, double endSeconds) {}

  private record Label(Curve curve, double y) {}

  /**
   * @param title of the vertical axis
   * @param least what is smaller is as good as 0
   */
  static String draw(List<Curve> curves, String title, double least) {
    List<Double> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Curve c : curves) {
      times.addAll(c.seconds);
      times.add(c.endSeconds);
      values.addAll(c.values);
    }
    Svg svg = new Svg();
    Scale x = Scale.of(times, 1e-4, LEFT, RIGHT);
    Scale y = Scale.of(values, least, BOTTOM, TOP);
    axes(svg, x, y, title);
    for (Curve c : curves) {
      curve(svg, x, y, c);
    }
    labels(svg, y, curves);
    return svg.drawn(WIDTH, BOTTOM + 40, title + " over the seconds since each solver began");
  }

  private static void axes(Svg svg, Scale x, Scale y, String title) {
    svg.text(0, 12, Anchor.START, "strong", title);
    for (Scale.Tick t : y.ticks()) {
      svg.line(LEFT, t.pixel(), RIGHT, t.pixel(), t.major() ? "grid" : "minor");
      if (t.major()) {
        svg.text(LEFT - 8, t.pixel() + 4, Anchor.END, "tick", t.text());
      }
    }
    for (Scale.Tick t : x.ticks()) {
      svg.line(t.pixel(), TOP, t.pixel(), BOTTOM, t.major() ? "grid" : "minor");
      if (t.major()) {
        svg.text(t.pixel(), BOTTOM + 16, Anchor.MIDDLE, "tick", t.text());
      }
    }
    svg.text(
        (LEFT + RIGHT) / 2, BOTTOM + 34, Anchor.MIDDLE, "axis", "seconds since the solver began");
  }

  private static void curve(Svg svg, Scale x, Scale y, Curve c) {
    StringBuilder d = new StringBuilder();
    for (int i = 0; i < c.seconds.size(); i++) {
      String px = Svg.px(x.at(c.seconds.get(i)));
      String py = Svg.px(y.at(c.values.get(i)));
      d.append(i == 0 ? "M" + px + " " + py : "H" + px + "V" + py);
    }
    d.append('H').append(Svg.px(x.at(c.endSeconds)));
    svg.path(d.toString(), "class=\"curve\" stroke=\"" + Palette.colour(c.series) + "\"");
    int last = c.seconds.size() - 1;
    for (int i = 0; i <= last; i++) {
      Palette.mark(
          svg,
          c.series,
          x.at(c.seconds.get(i)),
          y.at(c.values.get(i)),
          c.name
              + ": "
              + Say.number(c.values.get(i))
              + " at "
              + Say.seconds(c.seconds.get(i))
              + " s");
    }
  }

  /** Names at the right, where the curves end, moved apart where these are close. */
  private static void labels(Svg svg, Scale y, List<Curve> curves) {
    List<Curve> sorted = new ArrayList<>(curves);
    sorted.sort(Comparator.comparingDouble(c -> y.at(last(c))));
    List<Label> labels = new ArrayList<>();
    double next = TOP;
    for (Curve c : sorted) {
      double at = Math.max(next, y.at(last(c)));
      labels.add(new Label(c, at));
      next = at + LABEL_GAP;
    }
    double over = Math.max(0, next - LABEL_GAP - BOTTOM);
    for (Label l : labels) {
      double at = l.y - over;
      svg.path(
          "M"
              + Svg.px(RIGHT + 2)
              + " "
              + Svg.px(y.at(last(l.curve)))
              + "L"
              + Svg.px(RIGHT + 14)
              + " "
              + Svg.px(at),
          "class=\"leader\"");
      Palette.mark(svg, l.curve.series, RIGHT + 22, at, l.curve.name);
      svg.raw("<g fill=\"" + Palette.colour(l.curve.series) + "\">");
      svg.label(RIGHT + 32, at + 4, Anchor.START, "series", l.curve.name, WIDTH - RIGHT - 32);
      svg.raw("</g>");
    }
  }

  private static double last(Curve c) {
    return c.values.get(c.values.size() - 1);
  }
}
