package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.Cell;
import dev.waybill.benchmarks.compare.Figures;
import dev.waybill.benchmarks.compare.InstanceFacts;
import dev.waybill.benchmarks.compare.InstanceResult;
import dev.waybill.benchmarks.compare.RunResult;
import dev.waybill.benchmarks.picture.Picture;
import dev.waybill.model.schedule.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The part of the report's page on one instance. */
final class InstanceSection {
  private final InstanceResult result;
  private final Series series;
  private final Map<String, Picture> pictures;
  private final StringBuilder html = new StringBuilder();

  private InstanceSection(InstanceResult result, Series series, Map<String, Picture> pictures) {
    this.result = result;
    this.series = series;
    this.pictures = pictures;
  }

  /**
   * @param pictures by solver
   * @param open whether it is unfolded from the start
   */
  static String html(
      InstanceResult result, Series series, Map<String, Picture> pictures, boolean open) {
    InstanceSection section = new InstanceSection(result, series, pictures);
    section.head(open);
    section.cells();
    section.html.append(PublishedTable.html(result));
    section.convergence();
    section.schedules();
    return section.html.append("</details>\n").toString();
  }

  private void head(boolean open) {
    InstanceFacts i = result.instance();
    String best =
        result
            .best()
            .map(
                c ->
                    Quality.of(result).proven()
                        ? c.solver()
                            + ", score "
                            + Say.median(c.scoreRatio(), Say::ratio)
                            + " × bound"
                        : c.solver() + ", score " + Say.median(c.score(), Say::precise))
            .orElse("no plan");
    html.append("<details class=\"instance\"").append(open ? " open" : "").append("><summary><h3>");
    html.append(Svg.escaped(i.name())).append("</h3><span>best: ").append(Svg.escaped(best));
    html.append("</span></summary>\n<p>").append(facts(i)).append("</p>\n");
    if (!i.description().isEmpty()) {
      html.append("<p class=\"note\">").append(Svg.escaped(i.description())).append("</p>\n");
    }
    if (result.bounds().lowerBound() > 0) {
      html.append("<p>No schedule is faster than <b>");
      html.append(Say.precise(result.bounds().lowerBound())).append(" s</b>: ");
      html.append(Svg.escaped(result.bounds().because())).append(" (proven by ");
      html.append(Svg.escaped(result.bounds().provenBy())).append(").</p>\n");
    }
  }

  private static String facts(InstanceFacts i) {
    return count(i.hosts(), "host")
        + " in "
        + count(i.locations(), "location")
        + ", "
        + count(i.resources(), "resource")
        + ", "
        + count(i.files(), "file")
        + " of "
        + count(i.blocks(), "block")
        + (i.files() == 1 ? "" : " in all")
        + ", "
        + count(i.demands(), "demand")
        + " for "
        + Say.bytes(i.demandedBytes())
        + ". To be minimised: "
        + Svg.escaped(objective(i.objective()))
        + ".";
  }

  private static String count(long n, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
  }

  private static String objective(Objective o) {
    if (o.isMakespanAlone()) {
      return "the makespan";
    }
    List<String> terms = new ArrayList<>();
    term(terms, o.makespan(), "makespan");
    term(terms, o.weightedCompletion(), "weighted completion");
    term(terms, o.cost(), "cost");
    term(terms, o.lateness(), "lateness");
    return terms.isEmpty() ? "nothing" : String.join(" + ", terms);
  }

  private static void term(List<String> terms, double weight, String what) {
    if (weight != 0) {
      terms.add(weight == 1 ? what : Say.precise(weight) + " × " + what);
    }
  }

  private void cells() {
    boolean scored = !result.instance().objective().isMakespanAlone();
    boolean priced =
        result.cells().stream().map(Cell::cost).anyMatch(c -> c != null && c.max() > 0);
    List<String> head = new ArrayList<>(List.of("solver", "status", "makespan, s", "× bound"));
    if (scored) {
      head.addAll(List.of("score", "× its bound"));
    }
    if (priced) {
      head.add("cost");
    }
    head.addAll(
        List.of("copies", "solve, s", "first plan, s", "≤ 5 %, s", "≤ 1 %, s", "memory, MB"));
    HtmlTable table = new HtmlTable(2, head);
    List<String> reasons = new ArrayList<>();
    for (Cell c : result.cells()) {
      table.row(row(c, scored, priced));
      for (String remark : c.remarks()) {
        reasons.add(c.solver() + ": " + remark);
      }
    }
    html.append(table.html());
    for (String reason : reasons) {
      html.append("<p class=\"reason\">").append(Svg.escaped(reason)).append("</p>\n");
    }
  }

  private List<String> row(Cell c, boolean scored, boolean priced) {
    List<String> row =
        new ArrayList<>(
            List.of(
                series.chip(c.solver()),
                status(c),
                Say.spread(c.makespan(), Say::precise),
                Say.spread(c.ratio(), Say::ratio)));
    if (scored) {
      row.add(Say.spread(c.score(), Say::precise));
      row.add(Say.spread(c.scoreRatio(), Say::ratio));
    }
    if (priced) {
      row.add(Say.spread(c.cost(), Say::precise));
    }
    row.add(Say.spread(c.copies(), n -> String.format(Locale.ROOT, "%,.0f", n)));
    row.add(Say.spread(c.solveSeconds(), Say::seconds));
    row.add(Say.median(c.firstSeconds(), Say::seconds));
    row.add(Say.median(c.within5Seconds(), Say::seconds));
    row.add(Say.median(c.within1Seconds(), Say::seconds));
    row.add(Say.spread(c.memoryBytes(), Say::megabytes));
    return row;
  }

  private static String status(Cell c) {
    String word = Svg.escaped(TextTable.status(c));
    String file = c.schedule();
    return file == null ? word : word + " <a href=\"" + Svg.escaped(file) + "\">schedule</a>";
  }

  private void convergence() {
    List<Convergence.Curve> curves = Overview.curves(result, series);
    if (curves.isEmpty()) {
      return;
    }
    String title =
        Quality.of(result).proven()
            ? "Best score so far, % above the bound"
            : "Best score so far, % above the best of all";
    html.append("<h4>Convergence</h4>\n");
    html.append(Convergence.draw(curves, title, Quality.LEAST_PERCENT));
  }

  private void schedules() {
    String best = result.best().map(Cell::solver).orElse("");
    for (Cell c : result.cells()) {
      Picture picture = pictures.get(c.solver());
      RunResult run = c.medianRun();
      Figures figures = run == null ? null : run.figures();
      if (picture == null || figures == null || picture.copies() == 0) {
        continue;
      }
      html.append("<details").append(c.solver().equals(best) ? " open" : "").append(">");
      html.append("<summary><h4>Schedule of ")
          .append(series.chip(c.solver()))
          .append("</h4><span>");
      html.append(
          picture.copies() == 1
              ? "1 copy"
              : String.format(Locale.ROOT, "%,d copies", picture.copies()));
      html.append("</span></summary>\n");
      html.append(ScheduleChart.draw(picture, figures.makespan(), result.bounds().lowerBound()));
      html.append("</details>\n");
    }
  }
}
