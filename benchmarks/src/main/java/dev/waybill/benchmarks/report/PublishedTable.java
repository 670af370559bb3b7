package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.Cell;
import dev.waybill.benchmarks.compare.InstanceResult;
import dev.waybill.benchmarks.compare.Published;
import dev.waybill.benchmarks.compare.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the report's page that others have published for an instance, beside the best of
 * ours. A figure in units of time is set against the makespan, one in money against the cost, and
 * what begins with "bound" against the bound.
 */
final class PublishedTable {
  private static final Map<String, Double> SECONDS =
      Map.of("us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0);
  private static final String BOUND = "bound";
  private static final List<String> MONEY = List.of("$", "usd", "eur", "€");

  /** The least of a figure that a solver has reached. */
  private record Ours(String solver, double value) {}

  private PublishedTable() {}

  /** Empty where nothing is published. */
  static String html(InstanceResult result) {
    if (result.instance().published().isEmpty()) {
      return "";
    }
    HtmlTable table =
        new HtmlTable(
            3, List.of("system", "figure", "source", "published", "Waybill", "ours / theirs"));
    for (Published p : result.instance().published()) {
      Ours ours = ours(result, p);
      List<String> row = new ArrayList<>();
      row.add("<b>" + Svg.escaped(p.system()) + "</b>");
      row.add(Svg.escaped(p.what()));
      row.add(Svg.escaped(p.source()));
      row.add(Say.precise(p.value()) + " " + Svg.escaped(p.unit()));
      row.add(
          ours == null
              ? Say.NOTHING
              : Say.precise(ours.value) + " " + Svg.escaped(p.unit() + " (" + ours.solver + ")"));
      row.add(ours == null || p.value() == 0 ? Say.NOTHING : Say.ratio(ours.value / p.value()));
      table.row(row);
    }
    return "<h4>Published figures beside ours</h4>\n<div class=\"prose\">"
        + table.html()
        + "</div>\n"
        + "<p class=\"note\">Published times stand beside makespans, published prices beside"
        + " costs, each the least of all solvers, and published bounds beside the tightest.</p>\n";
  }

  private static @Nullable Ours ours(InstanceResult result, Published p) {
    String unit = p.unit().toLowerCase(Locale.ROOT);
    Double second = SECONDS.get(unit);
    if (second != null && p.what().startsWith(BOUND)) {
      return new Ours(result.bounds().provenBy(), result.bounds().lowerBound() / second);
    }
    if (second != null) {
      return least(result, Cell::makespan, second);
    }
    return MONEY.contains(unit) ? least(result, Cell::cost, 1) : null;
  }

  private static @Nullable Ours least(
      InstanceResult result, Function<Cell, @Nullable Spread> figure, double unit) {
    List<Ours> all = new ArrayList<>();
    for (Cell cell : result.cells()) {
      Spread spread = figure.apply(cell);
      if (spread != null) {
        all.add(new Ours(cell.solver(), spread.median() / unit));
      }
    }
    return all.stream().min(Comparator.comparingDouble(Ours::value)).orElse(null);
  }
}
