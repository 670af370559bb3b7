package dev.waybill.benchmarks.report;

import java.util.Locale;

/** A drawing of the report: shapes are added one by one, coordinates are pixels. */
final class Svg {
  private final StringBuilder body = new StringBuilder();

  /** Where a text stands to its point. */
  enum Anchor {
    START("start"),
    MIDDLE("middle"),
    END("end");

    private final String word;

    Anchor(String word) {
      this.word = word;
    }
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A coordinate with one digit after the point, if that. */
  static String px(double value) {
    double tenths = Math.rint(value * 10) / 10;
    return tenths == Math.rint(tenths)
        ? Long.toString(Math.round(tenths))
        : String.format(Locale.ROOT, "%.1f", tenths);
  }

  Svg raw(String markup) {
    body.append(markup);
    return this;
  }

  Svg text(double x, double y, Anchor anchor, String cssClass, String text) {
    body.append("<text x=\"").append(px(x)).append("\" y=\"").append(px(y)).append('"');
    if (anchor != Anchor.START) {
      body.append(" text-anchor=\"").append(anchor.word).append('"');
    }
    body.append(" class=\"").append(cssClass).append("\">").append(escaped(text)).append("</text>");
    return this;
  }

  /** A text in at most {@code width} pixels, whole when pointed at. */
  Svg label(double x, double y, Anchor anchor, String cssClass, String text, double width) {
    int most = (int) (width / (cssClass.equals("strong") ? 7.4 : 6.3));
    if (text.length() <= most) {
      return text(x, y, anchor, cssClass, text);
    }
    raw("<g><title>" + escaped(text) + "</title>");
    text(x, y, anchor, cssClass, text.substring(0, Math.max(1, most - 1)) + "…");
    return raw("</g>");
  }

  Svg line(double x1, double y1, double x2, double y2, String cssClass) {
    body.append("<path d=\"M").append(px(x1)).append(' ').append(px(y1)).append('L');
    body.append(px(x2)).append(' ').append(px(y2));
    body.append("\" class=\"").append(cssClass).append("\"/>");
    return this;
  }

  /**
   * @param attributes further ones, written as they are
   */
  Svg path(String d, String attributes) {
    body.append("<path d=\"").append(d).append("\" ").append(attributes).append("/>");
    return this;
  }

  Svg rect(double x, double y, double width, double height, String attributes, String title) {
    body.append("<rect x=\"").append(px(x)).append("\" y=\"").append(px(y));
    body.append("\" width=\"").append(px(width)).append("\" height=\"").append(px(height));
    body.append("\" ").append(attributes);
    if (title.isEmpty()) {
      body.append("/>");
    } else {
      body.append("><title>").append(escaped(title)).append("</title></rect>");
    }
    return this;
  }

  /** The drawing, as wide as it is but never wider than the page. */
  String drawn(double width, double height, String description) {
    return "<svg viewBox=\"0 0 "
        + px(width)
        + " "
        + px(height)
        + "\" width=\""
        + px(width)
        + "\" role=\"img\" aria-label=\""
        + escaped(description)
        + "\">"
        + body
        + "</svg>\n";
  }
}
