package dev.waybill.executor.cli;

import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.DemandAccepted;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** The client command {@code demand}. */
final class DemandCommand implements Command {
  @Override
  public String name() {
    return "demand";
  }

  @Override
  public String summary() {
    return "puts a file into hosts' file sets; it need not exist yet";
  }

  @Override
  public String usage() {
    return "--master URL --file FILE[@VERSION] --hosts HOST,...|all [options]";
  }

  @Override
  public String example() {
    return "./waybill demand --master http://10.0.0.1:7000 --file index.bin --hosts all";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value(
            "file", "FILE[@VERSION]", "the file; without a version the newest one, also later ones")
        .value("hosts", "HOST,...", "hosts or groups, or 'all': every host of the network file")
        .value("weight", "W", "how much it counts, above 0 (default 1)")
        .value("deadline", "SECONDS", "when it should be there, from now or from TIME on")
        .flag("best-effort", "take it even where the deadline can't be met")
        .value(
            "from",
            "TIME",
            "when it begins, such as 2030-01-31T22:00:00Z or +90 (seconds): planned ahead")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    arguments.positional(new String[0]);
    Masters.FileName file = Masters.FileName.of("--file", arguments.required("file"));
    PutDemand demand =
        new PutDemand(
            file.name(),
            file.version(),
            hosts(arguments),
            weight(arguments),
            deadline(arguments),
            from(arguments),
            arguments.has("best-effort"));
    DemandAccepted accepted = Masters.ask(Masters.of(arguments), m -> m.demand(demand));
    System.out.println(
        arguments.has("json")
            ? Messages.pretty(accepted)
            : file + " is in the file set of " + accepted.hosts() + " hosts");
    return ExitStatus.DONE;
  }

  private static List<String> hosts(Arguments arguments) throws CommandFailure {
    arguments.required("hosts");
    List<String> hosts = arguments.list("hosts");
    return hosts.equals(List.of("all")) ? List.of() : hosts;
  }

  private static double weight(Arguments arguments) throws CommandFailure {
    double weight = arguments.number("weight", 0).orElse(1.0);
    if (weight == 0) {
      throw CommandFailure.usage("--weight: has to be above 0");
    }
    return weight;
  }

  /** Seconds since the epoch. */
  private static @Nullable Double from(Arguments arguments) throws CommandFailure {
    String text = arguments.text("from").orElse(null);
    if (text == null) {
      return null;
    }
    try {
      Instant at =
          text.startsWith("+")
              ? Instant.now().plusNanos(Math.round(Double.parseDouble(text.substring(1)) * 1e9))
              : OffsetDateTime.parse(text).toInstant();
      return at.getEpochSecond() + at.getNano() / 1e9;
    } catch (DateTimeException | NumberFormatException e) {
      throw new CommandFailure(
          ExitStatus.USAGE, "--from: neither ISO 8601 with an offset nor +SECONDS: " + text, e);
    }
  }

  private static @Nullable Double deadline(Arguments arguments) throws CommandFailure {
    Duration deadline = arguments.seconds("deadline").orElse(null);
    return deadline == null ? null : deadline.toNanos() / 1e9;
  }
}
