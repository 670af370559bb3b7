package dev.waybill.planner.cli.kind;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.instance.CloudNetwork;
import dev.waybill.planner.instance.RegionGrid;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code import skyplane}: regions of clouds, by the grids that Skyplane has measured. */
final class SkyplaneKind implements ImportKind {
  @Override
  public String name() {
    return "skyplane";
  }

  @Override
  public String files() {
    return "THROUGHPUT [COST]";
  }

  @Override
  public String summary() {
    return "regions of clouds, by Skyplane's grids of throughput and prices";
  }

  @Override
  public Set<String> options() {
    return NetworkOptions.union(
        DistributionOptions.NAMES,
        Set.of(),
        "regions",
        "vms",
        "separate-vms",
        "egress-limit",
        "ingress-limit");
  }

  @Override
  public Problem make(List<Path> files, Arguments arguments)
      throws IOException, FormatException, CommandFailure {
    NetworkOptions.files(files, 1, 2, "THROUGHPUT [COST]");
    CloudNetwork settings =
        new CloudNetwork(
            CloudOptions.limits(arguments, "egress-limit", CloudNetwork.EGRESS),
            CloudOptions.limits(arguments, "ingress-limit", CloudNetwork.INGRESS),
            CloudOptions.machines(arguments, 1),
            arguments.has("separate-vms"));
    RegionGrid throughput = RegionGrid.throughput(files.get(0));
    Optional<RegionGrid> costs = CloudOptions.costs(files, 1);
    Network network = settings.of(throughput, costs, CloudOptions.regions(arguments, throughput));
    String description = CloudOptions.source(settings, costs.isPresent());
    return DistributionOptions.problem(arguments, "skyplane", description, network, null);
  }
}
