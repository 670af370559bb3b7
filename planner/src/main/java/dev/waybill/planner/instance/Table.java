package dev.waybill.planner.instance;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How importers read tables: comma-separated values without quotes, a header in the first line, as
 * many columns in each.
 */
final class Table {
  private static final Pattern NUMBER =
      Pattern.compile("([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private final Path file;
  private final List<String> header;
  private final List<List<String>> rows;

  private Table(Path file, List<String> header, List<List<String>> rows) {
    this.file = file;
    this.header = header;
    this.rows = rows;
  }

  static Table read(Path file) throws IOException, FormatException {
    List<String> lines = PlainText.lines(file);
    if (lines.isEmpty()) {
      throw PlainText.wrong(file, 1, "is empty");
    }
    List<String> header = fields(lines.get(0));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> row = fields(lines.get(i));
      if (row.size() != header.size()) {
        throw PlainText.wrong(file, i + 1, row.size() + " columns, " + header.size() + " expected");
      }
      rows.add(row);
    }
    return new Table(file, header, rows);
  }

  private static List<String> fields(String line) {
    return List.of(line.split(",", -1));
  }

  int rows() {
    return rows.size();
  }

  boolean has(String column) {
    return header.contains(column);
  }

  /** The number of a column. */
  int column(String name) throws FormatException {
    int column = header.indexOf(name);
    if (column < 0) {
      throw PlainText.wrong(file, 1, "there is no column '" + name + "'");
    }
    return column;
  }

  String text(int row, int column) {
    return rows.get(row).get(column);
  }

  /** A finite number, zero or more. */
  double number(int row, int column) throws FormatException {
    return number(file, row + 2, header.get(column), text(row, column));
  }

  /** A complaint about a row. */
  FormatException wrong(int row, String reason) {
    return PlainText.wrong(file, row + 2, reason);
  }

  /** A finite number, zero or more, of a line of a file. */
  static double number(Path file, int line, String what, String text) throws FormatException {
    double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw PlainText.wrong(file, line, what + ": not a number, zero or more: '" + text + "'");
    }
    return value;
  }
}
