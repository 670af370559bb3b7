package dev.waybill.planner.cli.kind;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.instance.TopologyZoo;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code import topology-zoo}: a network of the Internet Topology Zoo, with a host at each node.
 */
final class TopologyZooKind implements ImportKind {
  @Override
  public String name() {
    return "topology-zoo";
  }

  @Override
  public String files() {
    return "GML";
  }

  @Override
  public String summary() {
    return "a network of the Internet Topology Zoo, a host at each node, shortest paths";
  }

  @Override
  public Set<String> options() {
    return NetworkOptions.union(
        DistributionOptions.NAMES,
        NetworkOptions.INTERFACES,
        "default-speed",
        "weight",
        "internal-only");
  }

  @Override
  public Problem make(List<Path> files, Arguments arguments)
      throws IOException, FormatException, CommandFailure {
    Path file = NetworkOptions.files(files, 1, 1, "GML").get(0);
    TopologyZoo.Read read =
        TopologyZoo.read(
            file,
            new TopologyZoo.Settings(
                NetworkOptions.rate(arguments, "default-speed"),
                NetworkOptions.weight(arguments),
                arguments.has("internal-only"),
                NetworkOptions.interfaces(arguments)));
    String description =
        "The network "
            + read.name()
            + " of the Internet Topology Zoo, CC BY 4.0 (Knight et al., IEEE JSAC 29(9), 2011, doi"
            + " 10.1109/JSAC.2011.111002), changed by Waybill: capacities from LinkSpeedRaw, each way"
            + " on its own, shortest paths by "
            + NetworkOptions.weight(arguments).name()
            + ".";
    return DistributionOptions.problem(arguments, read.name(), description, read.network(), null);
  }
}
