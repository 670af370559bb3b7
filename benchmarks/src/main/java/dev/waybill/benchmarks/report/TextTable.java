package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.BenchResult;
import dev.waybill.benchmarks.compare.Cell;
import dev.waybill.benchmarks.compare.InstanceResult;
import dev.waybill.benchmarks.compare.RunStatus;
import dev.waybill.benchmarks.compare.SolverSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A comparison as tables for a terminal. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(String... head) {
    rows.add(List.of(head));
  }

  /** Both tables: every cell, and every solver. */
  public static String of(BenchResult result) {
    if (result.instances().isEmpty()) {
      return "";
    }
    boolean scored =
        result.instances().stream().anyMatch(i -> !i.instance().objective().isMakespanAlone());
    List<String> head =
        new ArrayList<>(List.of("instance", "solver", "status", "makespan s", "bound s", "ratio"));
    if (scored) {
      head.addAll(List.of("score", "cost"));
    }
    head.addAll(List.of("solve s", "first s", "5 % s", "1 % s", "MB " + memory(result)));
    TextTable cells = new TextTable(head.toArray(String[]::new));
    List<String> reasons = new ArrayList<>();
    for (InstanceResult instance : result.instances()) {
      String name = instance.instance().name();
      for (Cell cell : instance.cells()) {
        cells.rows.add(row(name, instance, cell, scored));
        name = "";
        for (String remark : cell.remarks()) {
          reasons.add(instance.instance().name() + ", " + cell.solver() + ": " + remark);
        }
      }
    }
    return cells.text() + lines(reasons) + "\n" + summary(result).text();
  }

  private static List<String> row(String name, InstanceResult instance, Cell cell, boolean scored) {
    List<String> row =
        new ArrayList<>(
            List.of(
                name,
                cell.solver(),
                status(cell),
                Say.spread(cell.makespan(), Say::precise),
                instance.bounds().lowerBound() > 0
                    ? Say.precise(instance.bounds().lowerBound())
                    : Say.NOTHING,
                Say.spread(cell.ratio(), Say::ratio)));
    if (scored) {
      row.add(Say.median(cell.score(), Say::precise));
      row.add(Say.median(cell.cost(), Say::precise));
    }
    row.add(Say.spread(cell.solveSeconds(), Say::seconds));
    row.add(Say.median(cell.firstSeconds(), Say::seconds));
    row.add(Say.median(cell.within5Seconds(), Say::seconds));
    row.add(Say.median(cell.within1Seconds(), Say::seconds));
    row.add(Say.median(cell.memoryBytes(), Say::megabytes));
    return row;
  }

  /** What a cell says of its runs. */
  static String status(Cell cell) {
    if (cell.status() == RunStatus.PLANNED || cell.plannedRuns() == 0) {
      return cell.status().word();
    }
    return cell.status().word() + ", planned " + cell.plannedRuns() + " of " + cell.runs().size();
  }

  private static String memory(BenchResult result) {
    return result.instances().stream()
        .flatMap(i -> i.cells().stream())
        .flatMap(c -> Stream.ofNullable(c.memoryKind()))
        .map(k -> k.word())
        .distinct()
        .reduce((a, b) -> a + "/" + b)
        .orElse("");
  }

  private static TextTable summary(BenchResult result) {
    TextTable table =
        new TextTable("solver", "planned", "best", "score/bound, mean", "worst", "solve s, median");
    for (SolverSummary s : result.solvers()) {
      Double mean = s.geometricMeanRatio();
      Double worst = s.worstRatio();
      Double seconds = s.medianSolveSeconds();
      table.rows.add(
          List.of(
              s.solver(),
              s.planned() + " of " + s.cells(),
              Integer.toString(s.best()),
              mean == null ? Say.NOTHING : Say.ratio(mean),
              worst == null ? Say.NOTHING : Say.ratio(worst),
              seconds == null ? Say.NOTHING : Say.seconds(seconds)));
    }
    return table;
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty() ? "" : "\n" + String.join("\n", lines) + "\n";
  }

  private String text() {
    int columns = rows.get(0).size();
    int[] width = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        width[c] = Math.max(width[c], row.get(c).length());
      }
    }
    StringBuilder out = new StringBuilder();
    int words = rows.get(0).contains("status") ? 3 : 1;
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = String.join("", Collections.nCopies(width[c] - row.get(c).length(), " "));
        line.append(c < words ? row.get(c) + pad : pad + row.get(c)).append("  ");
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
