package dev.waybill.benchmarks.report;

import java.util.List;

/**
 * The colours of the report: those of Okabe and Ito (Color universal design, 2008), which people
 * with any colour vision tell apart, less the yellow, which is too pale for lines on white; and a
 * single-hue sequence, dark for much. Every solver has a shape beside its colour.
 */
final class Palette {
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333333");

  /** Light to dark. */
  static final List<String> SEQUENCE =
      List.of(
          "#eff3ff", "#d6e4f2", "#b3d0e8", "#85b6db", "#5a9bcc", "#3579b8", "#17569b", "#08306b");

  private Palette() {}

  static String colour(int i) {
    return COLOURS.get(i % COLOURS.size());
  }

  /** The mark of series {@code i} around a point. */
  static void mark(Svg svg, int i, double x, double y, String title) {
    double r = 4.5;
    String path =
        switch (i % 7) {
          case 0 -> circle(x, y, r);
          case 1 ->
              polygon(x, y, -r + .5, -r + .5, r - .5, -r + .5, r - .5, r - .5, -r + .5, r - .5);
          case 2 -> polygon(x, y, 0, -r - .5, r + .5, r - .5, -r - .5, r - .5);
          case 3 -> polygon(x, y, 0, -r - 1, r + 1, 0, 0, r + 1, -r - 1, 0);
          case 4 -> polygon(x, y, 0, r + .5, r + .5, -r + .5, -r - .5, -r + .5);
          case 5 ->
              polygon(
                  x, y, -1.5, -r, 1.5, -r, 1.5, -1.5, r, -1.5, r, 1.5, 1.5, 1.5, 1.5, r, -1.5, r,
                  -1.5, 1.5, -r, 1.5, -r, -1.5, -1.5, -1.5);
          default -> polygon(x, y, -r, -r, 0, -1.5, r, -r, 1.5, 0, r, r, 0, 1.5, -r, r, -1.5, 0);
        };
    svg.raw("<g><title>" + Svg.escaped(title) + "</title>");
    svg.path(path, "fill=\"" + colour(i) + "\" class=\"mark\"");
    svg.raw("</g>");
  }

  private static String circle(double x, double y, double r) {
    String arc = "a" + r + " " + r + " 0 1 0 ";
    return "M" + Svg.px(x - r) + " " + Svg.px(y) + arc + 2 * r + " 0" + arc + -2 * r + " 0z";
  }

  private static String polygon(double x, double y, double... offsets) {
    StringBuilder d = new StringBuilder("M");
    for (int i = 0; i < offsets.length; i += 2) {
      d.append(i == 0 ? "" : "L").append(Svg.px(x + offsets[i])).append(' ');
      d.append(Svg.px(y + offsets[i + 1]));
    }
    return d.append('z').toString();
  }
}
