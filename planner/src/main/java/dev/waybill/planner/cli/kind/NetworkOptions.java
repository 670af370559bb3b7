package dev.waybill.planner.cli.kind;

import dev.waybill.planner.instance.Interfaces;
import dev.waybill.planner.instance.LinkWeight;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kinds of {@code import} that read a network have in common. */
final class NetworkOptions {
  /** The options of {@link #interfaces}. */
  static final Set<String> INTERFACES = Set.of("up", "down");

  private NetworkOptions() {}

  /** The files that a kind reads. */
  static List<Path> files(List<Path> files, int least, int most, String names)
      throws CommandFailure {
    if (files.size() < least || files.size() > most) {
      throw CommandFailure.usage(files.size() + " files, not " + names);
    }
    return files;
  }

  /** The interfaces that every host is given. */
  static Interfaces interfaces(Arguments arguments) throws CommandFailure {
    return new Interfaces(rate(arguments, "up"), rate(arguments, "down"));
  }

  /** A rate in bytes per second, above 0. */
  static OptionalDouble rate(Arguments arguments, String option) throws CommandFailure {
    if (!arguments.has(option)) {
      return OptionalDouble.empty();
    }
    double rate = arguments.number(option, 0).orElseThrow();
    if (rate == 0) {
      throw CommandFailure.usage("--" + option + ": not above 0");
    }
    return OptionalDouble.of(rate);
  }

  static LinkWeight weight(Arguments arguments) {
    return arguments.text("weight").map(LinkWeight::new).orElse(LinkWeight.HOPS);
  }

  /** All names of these. */
  static Set<String> union(Set<String> some, Set<String> more, String... others) {
    return Stream.of(some.stream(), more.stream(), Stream.of(others))
        .flatMap(s -> s)
        .collect(Collectors.toUnmodifiableSet());
  }
}
