package dev.waybill.planner.cli.kind;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.instance.CloudNetwork;
import dev.waybill.planner.instance.CloudcastConfig;
import dev.waybill.planner.instance.Distribution;
import dev.waybill.planner.instance.RegionGrid;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code import cloudcast}: a configuration of Cloudcast on Skyplane's grids, for its cost. */
final class CloudcastKind implements ImportKind {
  private static final Objective COST = new Objective(0, 0, 1, 0);
  private static final double BYTES_PER_GIGABYTE = 1e9;
  private static final long BLOCKS_PER_PARTITION = 100;
  private static final long MACHINES = 2;

  @Override
  public String name() {
    return "cloudcast";
  }

  @Override
  public String files() {
    return "CONFIG THROUGHPUT COST";
  }

  @Override
  public String summary() {
    return "a configuration of Cloudcast, all regions of the grid as relays, for the cost";
  }

  @Override
  public Set<String> options() {
    return Set.of("name", "file", "block-size", "objective", "vms");
  }

  @Override
  public Problem make(List<Path> files, Arguments arguments)
      throws IOException, FormatException, CommandFailure {
    NetworkOptions.files(files, 3, 3, "CONFIG THROUGHPUT COST");
    CloudcastConfig config = CloudcastConfig.read(files.get(0));
    RegionGrid throughput = RegionGrid.throughput(files.get(1));
    Optional<RegionGrid> costs = CloudOptions.costs(files, 2);
    for (Map.Entry<String, String> e : config.regions().entrySet()) {
      if (!throughput.regions().contains(e.getValue())) {
        throw new FormatException(
            files.get(0).toString(),
            e.getKey(),
            files.get(1) + " has no region '" + e.getValue() + "'");
      }
    }
    CloudNetwork settings =
        new CloudNetwork(
            config.egress(), config.ingress(), CloudOptions.machines(arguments, MACHINES), false);
    Network network = settings.of(throughput, costs, List.copyOf(throughput.regions()));
    String description =
        "The configuration "
            + files.get(0).getFileName()
            + " of Cloudcast, MIT (Wooders et al., NSDI 2024): "
            + config.gigabytes()
            + " GB, every region of the grid may relay. "
            + CloudOptions.source(settings, true);
    return new Distribution(
            file(config, arguments),
            config.source(),
            config.receivers(),
            true,
            DistributionOptions.objective(arguments, COST))
        .on(DistributionOptions.name(arguments, "cloudcast"), description, network);
  }

  private static List<FileSpec> file(CloudcastConfig config, Arguments arguments)
      throws CommandFailure {
    long size = Math.round(config.gigabytes() * BYTES_PER_GIGABYTE);
    long blocks = BLOCKS_PER_PARTITION * config.partitions();
    long blockSize =
        arguments.whole("block-size", 1, Long.MAX_VALUE).orElse((size - 1) / blocks + 1);
    String id = arguments.text("file").orElse("file");
    return DistributionOptions.checked(
        "--file, --block-size", () -> Distribution.shards(id, size, blockSize, 1));
  }
}
