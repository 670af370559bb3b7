package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.BenchResult;
import dev.waybill.benchmarks.compare.Cell;
import dev.waybill.benchmarks.compare.InstanceResult;
import dev.waybill.benchmarks.compare.Memory;
import dev.waybill.benchmarks.compare.RunResult;
import dev.waybill.benchmarks.compare.RunStatus;
import dev.waybill.benchmarks.compare.SolverSummary;
import dev.waybill.benchmarks.compare.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The first part of the report's page: all instances and all solvers at one glance. */
final class Overview {
  private final BenchResult result;
  private final Series series;

  private Overview(BenchResult result, Series series) {
    this.result = result;
    this.series = series;
  }

  static String html(BenchResult result, Series series) {
    Overview overview = new Overview(result, series);
    return "<section>\n<h2>At a glance</h2>\n"
        + overview.headline()
        + overview.solvers()
        + overview.chart()
        + "</section>\n";
  }

  /** Who is best, how close to the bound, and what went wrong. */
  private String headline() {
    SolverSummary best =
        result.solvers().stream().max(Comparator.comparingInt(SolverSummary::best)).orElseThrow();
    List<String> ties =
        result.solvers().stream()
            .filter(s -> s.best() == best.best())
            .map(SolverSummary::solver)
            .toList();
    StringBuilder text = new StringBuilder("<p><b>");
    if (best.best() == 0) {
      text.append("No solver has a plan for any instance.</b>");
    } else {
      text.append(Svg.escaped(String.join(" and ", ties)));
      text.append(ties.size() == 1 ? " has" : " each have").append(" the best score on ");
      text.append(best.best()).append(" of ").append(result.instances().size());
      text.append(result.instances().size() == 1 ? " instance" : " instances").append("</b>");
      Double mean = best.geometricMeanRatio();
      if (mean != null) {
        text.append(
            String.format(Locale.ROOT, ", %.2f %% above the bound on average", 100 * (mean - 1)));
      }
      text.append('.');
    }
    List<String> counts = new ArrayList<>();
    for (RunStatus status : RunStatus.values()) {
      long cells =
          result.instances().stream()
              .flatMap(i -> i.cells().stream())
              .filter(c -> c.status() == status)
              .count();
      if (cells > 0) {
        counts.add(cells + " " + status.word());
      }
    }
    return text + " Of all cells: " + String.join(", ", counts) + ".</p>\n";
  }

  private String solvers() {
    HtmlTable table =
        new HtmlTable(
            1,
            List.of(
                "solver",
                "planned",
                "best score",
                "score / bound, mean",
                "worst",
                "solve time, median",
                "peak memory"));
    for (SolverSummary s : result.solvers()) {
      Double mean = s.geometricMeanRatio();
      Double worst = s.worstRatio();
      Double seconds = s.medianSolveSeconds();
      Long memory = s.maxMemoryBytes();
      table.row(
          List.of(
              series.chip(s.solver()),
              s.planned() + " of " + s.cells(),
              s.best() + " of " + s.cells(),
              mean == null ? Say.NOTHING : Say.ratio(mean),
              worst == null ? Say.NOTHING : Say.ratio(worst),
              seconds == null ? Say.NOTHING : Say.seconds(seconds) + " s",
              memory == null ? Say.NOTHING : Say.bytes(memory)));
    }
    return table.html()
        + "<p class=\"note\">Best score: the lowest of all solvers, or within 0.01 % of it. Mean: the"
        + " geometric one, over the instances that the solver planned and whose score has a proven"
        + " bound above 0. The bound is the tightest that any of the solvers has proven.</p>\n";
  }

  private String chart() {
    List<LanePlot.Group> groups = new ArrayList<>();
    for (InstanceResult instance : result.instances()) {
      Quality quality = Quality.of(instance);
      List<LanePlot.Lane> lanes = new ArrayList<>();
      for (Cell cell : instance.cells()) {
        lanes.add(lane(cell, quality));
      }
      groups.add(new LanePlot.Group(instance.instance().name(), lanes));
    }
    List<LanePlot.Panel> panels =
        List.of(
            new LanePlot.Panel("Score above the bound, %", Quality.LEAST_PERCENT),
            new LanePlot.Panel("Solve time, s", 1e-3),
            new LanePlot.Panel(memory(), 1));
    return LanePlot.draw(panels, groups, "solvers on instances: score, time and memory")
        + "<p class=\"note\">Further left is better in all three. Small ticks in the middle panel: the"
        + " first plan, and the first within 5 % and 1 % of the bound."
        + (result.settings().runs() > 1 ? " Marks are medians, lines go from least to most." : "")
        + "</p>\n";
  }

  private String memory() {
    boolean heap =
        result.instances().stream()
            .flatMap(i -> i.cells().stream())
            .anyMatch(c -> c.memoryKind() == Memory.Kind.HEAP);
    return heap ? "Java heap at its peak, MB" : "Resident set at its peak, MB";
  }

  private LanePlot.Lane lane(Cell cell, Quality quality) {
    int s = series.of(cell.solver());
    Spread score = cell.score();
    if (score == null) {
      return new LanePlot.Lane(cell.solver(), s, List.of(), TextTable.status(cell));
    }
    List<LanePlot.Value> values =
        List.of(
            value(score, quality::percentAbove, quality::say, List.of()),
            value(cell.solveSeconds(), x -> x, x -> Say.seconds(x) + " s", earlier(cell)),
            value(cell.memoryBytes(), x -> x / 1e6, Say::megabytes, List.of()));
    return new LanePlot.Lane(cell.solver(), s, values, "");
  }

  private static List<Double> earlier(Cell cell) {
    List<Double> out = new ArrayList<>();
    for (Spread s :
        Arrays.asList(cell.firstSeconds(), cell.within5Seconds(), cell.within1Seconds())) {
      if (s != null) {
        out.add(s.median());
      }
    }
    return out;
  }

  private static LanePlot.Value value(
      @Nullable Spread spread,
      DoubleUnaryOperator place,
      DoubleFunction<String> say,
      List<Double> earlier) {
    if (spread == null) {
      return LanePlot.Value.none();
    }
    return new LanePlot.Value(
        say.apply(spread.median()),
        List.of(
            place.applyAsDouble(spread.min()),
            place.applyAsDouble(spread.median()),
            place.applyAsDouble(spread.max())),
        earlier);
  }

  /** The convergence curves of an instance: each solver's median run. */
  static List<Convergence.Curve> curves(InstanceResult instance, Series series) {
    Quality quality = Quality.of(instance);
    List<Convergence.Curve> curves = new ArrayList<>();
    for (Cell cell : instance.cells()) {
      RunResult run = cell.medianRun();
      if (run != null) {
        curves.add(
            new Convergence.Curve(
                cell.solver(),
                series.of(cell.solver()),
                run.found().stream().map(f -> f.seconds()).toList(),
                run.found().stream().map(f -> quality.percentAbove(f.score())).toList(),
                run.solveSeconds()));
      }
    }
    return curves;
  }
}
