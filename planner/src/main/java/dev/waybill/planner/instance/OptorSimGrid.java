package dev.waybill.planner.instance;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.PlainText;
import dev.waybill.model.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The importer of OptorSim's grids (Bell et al., IJHPCA 17(4), 2003): a line for each site with its
 * number of worker nodes, of storage elements, the sizes of these, and the bandwidth to each site
 * in Mbit/s, 0 where there is no link. Comments of the form {@code #3)NAME} name the sites.
 *
 * <p>A site with worker nodes or storage has a host; the others are routers. What is stored and
 * computed there plays no part.
 */
public final class OptorSimGrid {
  private static final double BYTES_PER_MEGABIT = 125_000;
  private static final int LEADING = 2;
  private static final Pattern NAME = Pattern.compile("#\\s*(\\d+)\\)\\s*(.*)");

  private record Row(int line, List<String> fields) {}

  private OptorSimGrid() {}

  /**
   * Reads a file.
   *
   * @param weight of links on the paths, of their speed alone
   */
  public static Network read(Path file, LinkWeight weight, Interfaces interfaces)
      throws IOException, FormatException {
    List<String> labels = new ArrayList<>();
    List<Row> rows = rows(file, labels);
    NodeNames names = new NodeNames();
    labels.forEach(names::add);
    RoutedNetwork routed = new RoutedNetwork();
    List<double[]> bandwidths = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double[] numbers = numbers(file, row);
      int storages = (int) numbers[1];
      int expected = LEADING + storages + rows.size();
      if (numbers.length != expected) {
        throw PlainText.wrong(
            file, row.line, numbers.length + " columns, " + expected + " expected");
      }
      String name = i < labels.size() ? names.of(labels.get(i), i) : "site" + i;
      routed.node(name, numbers[0] > 0 || storages > 0);
      bandwidths.add(Arrays.copyOfRange(numbers, LEADING + storages, expected));
    }
    for (int from = 0; from < rows.size(); from++) {
      for (int to = 0; to < rows.size(); to++) {
        double speed = bandwidths.get(from)[to] * BYTES_PER_MEGABIT;
        if (speed > 0 && from != to) {
          routed.link(from, to, speed, weight.of(speed));
        }
      }
    }
    return routed.build(interfaces);
  }

  private static List<Row> rows(Path file, List<String> labels)
      throws IOException, FormatException {
    List<Row> rows = new ArrayList<>();
    List<String> lines = PlainText.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      Matcher name = NAME.matcher(line);
      if (name.matches()) {
        if (!name.group(1).equals(Integer.toString(labels.size()))) {
          throw PlainText.wrong(
              file,
              i + 1,
              "site " + name.group(1) + " is named, and it is the turn of " + labels.size());
        }
        labels.add(name.group(2));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        rows.add(new Row(i + 1, List.of(line.split("\\s+"))));
      }
    }
    if (rows.isEmpty()) {
      throw PlainText.wrong(file, Math.max(1, lines.size()), "no site");
    }
    if (!labels.isEmpty() && labels.size() != rows.size()) {
      throw PlainText.wrong(
          file, lines.size(), labels.size() + " names and " + rows.size() + " sites");
    }
    return rows;
  }

  private static double[] numbers(Path file, Row row) throws FormatException {
    double[] numbers = new double[row.fields.size()];
    if (numbers.length < LEADING) {
      throw PlainText.wrong(file, row.line, numbers.length + " columns, " + LEADING + " at least");
    }
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = Table.number(file, row.line, "column " + (k + 1), row.fields.get(k));
    }
    if (numbers[1] != Math.rint(numbers[1]) || numbers[1] > numbers.length) {
      throw PlainText.wrong(
          file,
          row.line,
          "column 2: not a number of storage elements: '" + row.fields.get(1) + "'");
    }
    return numbers;
  }
}
