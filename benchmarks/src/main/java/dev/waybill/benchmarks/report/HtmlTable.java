package dev.waybill.benchmarks.report;

import java.util.List;

/** A table of the report's page. Numbers stand to the right, words to the left. */
final class HtmlTable {
  private final StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
  private final int words;

  /**
   * @param words how many of the columns, the first ones, are words
   */
  HtmlTable(int words, List<String> head) {
    this.words = words;
    for (int c = 0; c < head.size(); c++) {
      html.append(c < words ? "<th class=\"word\">" : "<th>").append(Svg.escaped(head.get(c)));
      html.append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
  }

  /**
   * @param cells as markup
   */
  HtmlTable row(List<String> cells) {
    html.append("<tr>");
    for (int c = 0; c < cells.size(); c++) {
      html.append(c < words ? "<td class=\"word\">" : "<td>").append(cells.get(c)).append("</td>");
    }
    html.append("</tr>\n");
    return this;
  }

  String html() {
    return html + "</tbody></table></div>\n";
  }
}
