package dev.waybill.planner.cli.kind;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.instance.LinkWeight;
import dev.waybill.planner.instance.OptorSimGrid;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code import optorsim}: a grid of OptorSim, with a host at each site. */
final class OptorSimKind implements ImportKind {
  @Override
  public String name() {
    return "optorsim";
  }

  @Override
  public String files() {
    return "GRID";
  }

  @Override
  public String summary() {
    return "a grid of OptorSim, a host at each site that is no router, shortest paths";
  }

  @Override
  public Set<String> options() {
    return NetworkOptions.union(DistributionOptions.NAMES, NetworkOptions.INTERFACES, "weight");
  }

  @Override
  public Problem make(List<Path> files, Arguments arguments)
      throws IOException, FormatException, CommandFailure {
    Path file = NetworkOptions.files(files, 1, 1, "GRID").get(0);
    LinkWeight weight = NetworkOptions.weight(arguments);
    if (!weight.isOfSpeedAlone()) {
      throw CommandFailure.usage(
          "--weight: '" + weight.name() + "' is neither hops nor inverse-speed");
    }
    Network network = OptorSimGrid.read(file, weight, NetworkOptions.interfaces(arguments));
    String description =
        "The grid "
            + file.getFileName()
            + " as in OptorSim's examples (Bell et al., IJHPCA 17(4), 2003): sites, routers and"
            + " bandwidths in Mbit/s, each way on its own, shortest paths by "
            + weight.name()
            + ".";
    return DistributionOptions.problem(arguments, "optorsim", description, network, null);
  }
}
