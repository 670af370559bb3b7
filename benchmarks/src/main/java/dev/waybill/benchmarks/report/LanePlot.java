package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A chart of the report with a lane for each solver on each instance, and panels beside each other
 * with an axis each: how close, how soon, in how much memory.
 */
final class LanePlot {
  private static final double WIDTH = 1180;
  private static final double NAME = 210;
  private static final double SOLVER = 92;
  private static final double GAP = 66;
  private static final double LANE = 15;
  private static final double GROUP_GAP = 9;
  private static final double HEAD = 42;

  private final List<Panel> panels;
  private final List<Group> groups;
  private final Svg svg = new Svg();
  private final double panelWidth;

  /**
   * One axis.
   *
   * @param least what is smaller is as good as 0
   */
  record Panel(String title, double least) {}

  /** The lanes of one instance. */
  record Group(String name, List<Lane> lanes) {}

  /**
   * One solver on one instance.
   *
   * @param series index of the solver
   * @param values by panel
   * @param failure instead of values; may be empty
   */
  record Lane(String solver, int series, List<Value> values, String failure) {}

  /**
   * What a lane has in a panel.
   *
   * @param text beside the mark
   * @param at the marks' places: the least, the median, the most; empty where there is no value
   * @param earlier places of small marks before
   */
  record Value(String text, List<Double> at, List<Double> earlier) {
    static Value none() {
      return new Value("", List.of(), List.of());
    }
  }

  private LanePlot(List<Panel> panels, List<Group> groups) {
    this.panels = panels;
    this.groups = groups;
    this.panelWidth = (WIDTH - NAME - SOLVER - GAP * panels.size()) / panels.size();
  }

  static String draw(List<Panel> panels, List<Group> groups, String description) {
    return new LanePlot(panels, groups).draw(description);
  }

  private double left(int panel) {
    return NAME + SOLVER + panel * (panelWidth + GAP) + 14;
  }

  private String draw(String description) {
    double height = HEAD;
    for (Group g : groups) {
      height += g.lanes.size() * LANE + GROUP_GAP;
    }
    List<Scale> scales = new ArrayList<>();
    for (int p = 0; p < panels.size(); p++) {
      scales.add(axis(p, height));
    }
    double y = HEAD;
    for (Group g : groups) {
      svg.line(0, y - GROUP_GAP / 2 + 1, WIDTH, y - GROUP_GAP / 2 + 1, "rule");
      svg.label(NAME - 12, y + LANE / 2 + 4, Anchor.END, "strong", g.name, NAME - 12);
      for (Lane lane : g.lanes) {
        lane(lane, y + LANE / 2, scales);
        y += LANE;
      }
      y += GROUP_GAP;
    }
    return svg.drawn(WIDTH, height + 4, description);
  }

  private Scale axis(int p, double height) {
    Panel panel = panels.get(p);
    List<Double> values =
        groups.stream()
            .flatMap(g -> g.lanes.stream())
            .filter(l -> l.failure.isEmpty())
            .map(l -> l.values.get(p))
            .flatMap(v -> Stream.concat(v.at.stream(), v.earlier.stream()))
            .toList();
    Scale scale = Scale.of(values, panel.least, left(p), left(p) + panelWidth);
    svg.text(left(p), 12, Anchor.START, "strong", panel.title);
    double lastEnd = Double.NEGATIVE_INFINITY;
    for (Scale.Tick t : scale.ticks()) {
      svg.line(t.pixel(), HEAD - 8, t.pixel(), height - 4, t.major() ? "grid" : "minor");
      double half = t.text().length() * 3.2;
      if (t.major() && t.pixel() - half > lastEnd + 4) {
        svg.text(t.pixel(), HEAD - 13, Anchor.MIDDLE, "tick", t.text());
        lastEnd = t.pixel() + half;
      }
    }
    return scale;
  }

  private void lane(Lane lane, double y, List<Scale> scales) {
    svg.raw("<g fill=\"" + Palette.colour(lane.series) + "\">");
    svg.label(NAME, y + 4, Anchor.START, "series", lane.solver, SOLVER);
    svg.raw("</g>");
    if (!lane.failure.isEmpty()) {
      svg.text(left(0), y + 4, Anchor.START, "failure", lane.failure);
      return;
    }
    for (int p = 0; p < scales.size(); p++) {
      value(lane, lane.values.get(p), scales.get(p), y);
    }
  }

  private void value(Lane lane, Value value, Scale scale, double y) {
    if (value.at.isEmpty()) {
      return;
    }
    String stroke = "stroke=\"" + Palette.colour(lane.series) + "\"";
    double least = scale.at(value.at.get(0));
    double median = scale.at(value.at.get(1));
    double most = scale.at(value.at.get(2));
    double first = least;
    for (double e : value.earlier) {
      first = Math.min(first, scale.at(e));
    }
    if (most - first > 0.5) {
      svg.path(
          "M" + Svg.px(first) + " " + Svg.px(y) + "H" + Svg.px(most), stroke + " class=\"range\"");
    }
    for (double e : value.earlier) {
      svg.path(
          "M" + Svg.px(scale.at(e)) + " " + Svg.px(y - 4) + "v8", stroke + " class=\"earlier\"");
    }
    Palette.mark(svg, lane.series, median, y, lane.solver + ": " + value.text);
    svg.text(Math.max(median, most) + 9, y + 4, Anchor.START, "value", value.text);
  }
}
