package dev.waybill.planner.cli.kind;

import dev.waybill.model.json.FormatException;
import dev.waybill.planner.instance.CloudNetwork;
import dev.waybill.planner.instance.RegionGrid;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of the kinds of {@code import} that make networks of clouds. */
final class CloudOptions {
  private static final int MOST_MACHINES = 10_000;

  private CloudOptions() {}

  static int machines(Arguments arguments, long otherwise) throws CommandFailure {
    return arguments.whole("vms", 1, MOST_MACHINES).orElse(otherwise).intValue();
  }

  /** Limits such as {@code aws=5,gcp=7}, Gbit/s; {@code none}: no limit at all. */
  static Map<String, Double> limits(
      Arguments arguments, String option, Map<String, Double> otherwise) throws CommandFailure {
    List<String> parts = arguments.list(option);
    if (parts.isEmpty()) {
      return otherwise;
    }
    Map<String, Double> limits = new LinkedHashMap<>();
    if (!parts.equals(List.of("none"))) {
      for (String part : parts) {
        Pairs.Pair pair = Pairs.parse("--" + option, part);
        limits.put(pair.key(), pair.value());
      }
    }
    return limits;
  }

  /** The regions of a grid that are named, themselves or by their cloud; all by default. */
  static List<String> regions(Arguments arguments, RegionGrid grid) throws CommandFailure {
    List<String> named = arguments.list("regions");
    if (named.isEmpty() || named.equals(List.of("all"))) {
      return List.copyOf(grid.regions());
    }
    Set<String> regions = new LinkedHashSet<>();
    for (String name : named) {
      List<String> found =
          grid.regions().stream().filter(r -> r.equals(name) || r.startsWith(name + ":")).toList();
      if (found.isEmpty()) {
        throw CommandFailure.usage("--regions: the grid has no region or cloud '" + name + "'");
      }
      regions.addAll(found);
    }
    return new ArrayList<>(regions);
  }

  static Optional<RegionGrid> costs(List<Path> files, int index)
      throws IOException, FormatException {
    return files.size() > index ? Optional.of(RegionGrid.cost(files.get(index))) : Optional.empty();
  }

  /** What an instance says of the figures. */
  static String source(CloudNetwork settings, boolean costs) {
    return "Throughput measured between two machines"
        + (costs ? " and prices of egress" : "")
        + " from Skyplane's grids, Apache-2.0 (Jain et al., NSDI 2023), "
        + settings.machines()
        + (settings.machines() == 1 ? " VM" : " VMs")
        + " a region, and what a cloud lets each of them send and receive.";
  }
}
