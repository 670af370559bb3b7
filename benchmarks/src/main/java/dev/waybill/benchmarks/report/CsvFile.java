package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.BenchResult;
import dev.waybill.benchmarks.compare.Cell;
import dev.waybill.benchmarks.compare.InstanceResult;
import dev.waybill.benchmarks.compare.Memory;
import dev.waybill.benchmarks.compare.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as comma-separated values (RFC 4180): a row a cell, three columns a figure, empty
 * where there is none.
 */
final class CsvFile {
  private CsvFile() {}

  static String of(BenchResult result) {
    StringBuilder out = new StringBuilder();
    for (InstanceResult instance : result.instances()) {
      for (Cell cell : instance.cells()) {
        Map<String, String> row = row(instance, cell);
        if (out.isEmpty()) {
          out.append(String.join(",", row.keySet())).append("\r\n");
        }
        out.append(String.join(",", row.values())).append("\r\n");
      }
    }
    return out.toString();
  }

  private static Map<String, String> row(InstanceResult instance, Cell cell) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("instance", quoted(instance.instance().name()));
    row.put("file", quoted(instance.instance().file()));
    row.put("solver", quoted(cell.solver()));
    row.put("status", cell.status().word());
    row.put("reason", quoted(cell.reason() == null ? "" : cell.reason()));
    row.put("runs", Integer.toString(cell.runs().size()));
    row.put("planned_runs", Integer.toString(cell.plannedRuns()));
    row.put("lower_bound_s", Double.toString(instance.bounds().lowerBound()));
    row.put("score_bound", Double.toString(instance.bounds().scoreBound()));
    put(row, "makespan_s", cell.makespan());
    put(row, "own_lower_bound_s", cell.ownLowerBound());
    put(row, "ratio", cell.ratio());
    put(row, "score", cell.score());
    put(row, "score_ratio", cell.scoreRatio());
    put(row, "cost", cell.cost());
    put(row, "copies", cell.copies());
    put(row, "solve_s", cell.solveSeconds());
    put(row, "first_s", cell.firstSeconds());
    put(row, "within_5_percent_s", cell.within5Seconds());
    put(row, "within_1_percent_s", cell.within1Seconds());
    put(row, "memory_bytes", cell.memoryBytes());
    Memory.Kind kind = cell.memoryKind();
    row.put("memory_kind", kind == null ? "" : kind.word());
    return row;
  }

  private static void put(Map<String, String> row, String name, @Nullable Spread spread) {
    List<Double> values = new ArrayList<>();
    if (spread != null) {
      values.addAll(List.of(spread.median(), spread.min(), spread.max()));
    }
    String[] columns = {name, name + "_min", name + "_max"};
    for (int i = 0; i < columns.length; i++) {
      row.put(columns[i], values.isEmpty() ? "" : Double.toString(values.get(i)));
    }
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
