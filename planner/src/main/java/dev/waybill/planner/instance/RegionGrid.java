package dev.waybill.planner.instance;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.unit.Identifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A grid of Skyplane (Jain et al., NSDI 2023), as its importer reads it: a figure for each ordered
 * pair of regions, which are called {@code CLOUD:REGION}.
 */
public final class RegionGrid {
  private static final String TIER = "PREMIUM";

  private final Path file;
  private final Map<String, Map<String, Double>> values = new LinkedHashMap<>();
  private final Set<String> regions = new LinkedHashSet<>();

  private RegionGrid(Path file) {
    this.file = file;
  }

  /**
   * Reads what was measured between single machines, bit/s sent; the premium tier's where it says.
   */
  public static RegionGrid throughput(Path file) throws IOException, FormatException {
    Table table = Table.read(file);
    RegionGrid grid = new RegionGrid(file);
    boolean tiers = table.has("src_tier") && table.has("dst_tier");
    int from = table.column("src_region");
    int to = table.column("dst_region");
    int value = table.column("throughput_sent_bps");
    for (int row = 0; row < table.rows(); row++) {
      double bitsPerSecond = table.number(row, value);
      if (!tiers
          || (table.text(row, table.column("src_tier")).equals(TIER)
              && table.text(row, table.column("dst_tier")).equals(TIER))) {
        grid.put(table, row, table.text(row, from), table.text(row, to), bitsPerSecond);
      }
    }
    return grid;
  }

  /** Reads what the traffic costs, $ per 10^9 bytes. */
  public static RegionGrid cost(Path file) throws IOException, FormatException {
    Table table = Table.read(file);
    RegionGrid grid = new RegionGrid(file);
    int from = table.column("src");
    int to = table.column("dest");
    int value = table.column("cost");
    for (int row = 0; row < table.rows(); row++) {
      grid.put(table, row, table.text(row, from), table.text(row, to), table.number(row, value));
    }
    return grid;
  }

  private void put(Table table, int row, String from, String to, double value)
      throws FormatException {
    try {
      Identifier.require("a region", from);
      Identifier.require("a region", to);
    } catch (IllegalArgumentException e) {
      throw table.wrong(row, String.valueOf(e.getMessage()));
    }
    if (values.computeIfAbsent(from, k -> new LinkedHashMap<>()).put(to, value) != null) {
      throw table.wrong(row, "a second row from '" + from + "' to '" + to + "'");
    }
    regions.add(from);
    regions.add(to);
  }

  /** The file that it was read from. */
  Path file() {
    return file;
  }

  /** All regions, in the order in which the file names them. */
  public Set<String> regions() {
    return Collections.unmodifiableSet(regions);
  }

  OptionalDouble value(String from, String to) {
    Double value = values.getOrDefault(from, Map.of()).get(to);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
