package dev.waybill.planner.cli.kind;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.instance.Pattern;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code import synthetic}: random networks of a pattern, and a file from the first host to all.
 */
final class SyntheticKind implements ImportKind {
  private static final int MOST_HOSTS = 1_000_000;
  private static final int MOST_SITES = 1000;

  @Override
  public String name() {
    return "synthetic";
  }

  @Override
  public String files() {
    return "";
  }

  @Override
  public String summary() {
    return "a random network: --pattern "
        + Arrays.stream(Pattern.values()).map(Pattern::id).collect(Collectors.joining(", "));
  }

  @Override
  public Set<String> options() {
    return NetworkOptions.union(DistributionOptions.NAMES, Set.of(), "pattern", "hosts", "sites");
  }

  @Override
  public Problem make(List<Path> files, Arguments arguments)
      throws IOException, FormatException, CommandFailure {
    NetworkOptions.files(files, 0, 0, "none");
    Pattern pattern = pattern(arguments.required("pattern"));
    int hosts = arguments.whole("hosts", 1, MOST_HOSTS).orElse(32L).intValue();
    int sites = arguments.whole("sites", 1, MOST_SITES).orElse(4L).intValue();
    long seed = DistributionOptions.seed(arguments);
    Network network = pattern.network(hosts, sites, seed);
    String description = pattern.description(hosts, sites, seed);
    return DistributionOptions.problem(
        arguments, pattern.id() + "-" + hosts, description, network, "h0");
  }

  private static Pattern pattern(String id) throws CommandFailure {
    for (Pattern p : Pattern.values()) {
      if (p.id().equals(id)) {
        return p;
      }
    }
    throw CommandFailure.usage(
        "--pattern: '"
            + id
            + "' is none of "
            + Arrays.stream(Pattern.values()).map(Pattern::id).collect(Collectors.joining(", ")));
  }
}
