package dev.waybill.planner.cli.kind;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.Identifier;
import dev.waybill.planner.instance.Distribution;
import dev.waybill.planner.instance.Resumption;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code import} that say what is distributed on a network, from whom and to whom.
 */
final class DistributionOptions {
  /** Their names, the name of the instance among them. */
  static final Set<String> NAMES =
      Set.of(
          "name",
          "file",
          "size",
          "block-size",
          "blocks",
          "shards",
          "source",
          "demand",
          "relays",
          "objective",
          "failed",
          "resumed",
          "growth",
          "seed");

  private static final long BLOCK_SIZE = 1 << 20;
  private static final int BLOCKS = 1000;

  private DistributionOptions() {}

  /**
   * What they make of a network.
   *
   * @param name of the instance, unless an option says another
   * @param source the host with the files, unless an option says another; null: an option must
   */
  static Problem problem(
      Arguments arguments,
      String name,
      String description,
      Network network,
      @Nullable String source)
      throws CommandFailure {
    String from = arguments.text("source").orElse(source);
    if (from == null) {
      throw CommandFailure.usage("--source is missing");
    }
    requireHost("--source", from, network);
    Distribution distribution = Distribution.toAll(network, from, files(arguments));
    List<String> receivers = receivers(arguments, network, from, distribution.receivers());
    Problem fresh =
        new Distribution(
                distribution.files(),
                from,
                receivers,
                arguments.has("relays"),
                objective(arguments, Objective.MAKESPAN))
            .on(name(arguments, name), description, withFailures(arguments, network));
    OptionalDouble growth = NetworkOptions.rate(arguments, "growth");
    if (arguments.has("resumed") && growth.isPresent()) {
      throw CommandFailure.usage("--resumed and --growth don't go together");
    }
    if (growth.isPresent()) {
      return Resumption.growing(fresh, growth.getAsDouble(), seed(arguments));
    }
    return arguments.has("resumed") ? Resumption.of(fresh, seed(arguments)) : fresh;
  }

  /** The seed of all random choices. */
  static long seed(Arguments arguments) throws CommandFailure {
    return arguments.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(1L);
  }

  /** The network with the resources down that have failed. */
  private static Network withFailures(Arguments arguments, Network network) throws CommandFailure {
    List<String> failed = arguments.list("failed");
    for (String id : failed) {
      if (!network.resources().containsKey(id)) {
        throw CommandFailure.usage("--failed: there is no resource '" + id + "'");
      }
    }
    if (failed.isEmpty()) {
      return network;
    }
    List<Resource> resources =
        network.resources().values().stream()
            .map(
                r ->
                    failed.contains(r.id())
                        ? new Resource(r.id(), DataRate.ZERO, r.costPerByte())
                        : r)
            .toList();
    return new Network(resources, network.paths(), List.copyOf(network.hosts().values()));
  }

  /** The name of the instance. */
  static String name(Arguments arguments, String otherwise) throws CommandFailure {
    String name = arguments.text("name").orElse(otherwise);
    return checked("--name", () -> Identifier.require("it", name));
  }

  /** The files to be distributed: {@code --blocks} whole blocks, or as {@code --size} says. */
  static List<FileSpec> files(Arguments arguments) throws CommandFailure {
    String id = arguments.text("file").orElse("file");
    long blockSize = arguments.whole("block-size", 1, Long.MAX_VALUE).orElse(BLOCK_SIZE);
    long blocks = arguments.whole("blocks", 0, Integer.MAX_VALUE).orElse((long) BLOCKS);
    long shards = arguments.whole("shards", 1, 1_000_000).orElse(1L);
    if (arguments.has("size") && arguments.has("blocks")) {
      throw CommandFailure.usage("--size and --blocks say the same; give one of them");
    }
    long size =
        arguments.has("size")
            ? arguments.whole("size", 0, Long.MAX_VALUE).orElseThrow()
            : checked("--blocks", () -> Math.multiplyExact(blocks, blockSize));
    checked("--file", () -> Identifier.requireFile("it", id));
    checked("--block-size", () -> new BlockLayout((size - 1) / shards + 1, blockSize));
    return Distribution.shards(id, size, blockSize, (int) shards);
  }

  private static List<String> receivers(
      Arguments arguments, Network network, String source, List<String> others)
      throws CommandFailure {
    List<String> named = arguments.list("demand");
    if (named.isEmpty() || named.equals(List.of("all"))) {
      return others;
    }
    for (String host : named) {
      requireHost("--demand", host, network);
      if (host.equals(source)) {
        throw CommandFailure.usage("--demand: '" + host + "' is the source");
      }
    }
    if (Set.copyOf(named).size() < named.size()) {
      throw CommandFailure.usage("--demand: a host is there twice");
    }
    return named;
  }

  static void requireHost(String option, String host, Network network) throws CommandFailure {
    if (!network.hosts().containsKey(host)) {
      throw CommandFailure.usage(
          option + ": there is no host '" + host + "' among the " + network.hosts().size());
    }
  }

  /** What counts: weights by name, such as {@code cost=1,makespan=0.5}. */
  static Objective objective(Arguments arguments, Objective otherwise) throws CommandFailure {
    List<String> parts = arguments.list("objective");
    if (parts.isEmpty()) {
      return otherwise;
    }
    double[] weights = new double[4];
    List<String> names = List.of("makespan", "weightedCompletion", "cost", "lateness");
    for (String part : parts) {
      Pairs.Pair pair = Pairs.parse("--objective", part);
      int index = names.indexOf(pair.key());
      if (index < 0) {
        throw CommandFailure.usage(
            "--objective: '" + pair.key() + "' is none of " + String.join(", ", names));
      }
      weights[index] = pair.value();
    }
    return new Objective(weights[0], weights[1], weights[2], weights[3]);
  }

  /** Makes a value, or complains of the option that it comes from. */
  static <T> T checked(String option, java.util.function.Supplier<T> value) throws CommandFailure {
    try {
      return value.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CommandFailure(ExitStatus.USAGE, option + ": " + e.getMessage(), e);
    }
  }
}
