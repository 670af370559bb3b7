package dev.waybill.executor.cli;

import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.WhatIf;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** The command {@code what-if}: plans the live state with changes, without touching it. */
final class WhatIfCommand implements Command {
  @Override
  public String name() {
    return "what-if";
  }

  @Override
  public String summary() {
    return "plans the live state with changes, without touching it";
  }

  @Override
  public String usage() {
    return "--master URL [--without HOST,...] [--capacity RESOURCE=BYTES/S,...]"
        + " [--file NAME --size BYTES --origin HOST [--hosts HOST,...]]";
  }

  @Override
  public String example() {
    return "./waybill what-if --master http://10.0.0.1:7000 --capacity nyc-chi=250000000";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value("without", "HOST,...", "hosts that are not there")
        .value("capacity", "RESOURCE=N,...", "other capacities, in bytes per second")
        .value("file", "NAME", "a file more")
        .value("size", "BYTES", "of that file")
        .value("origin", "HOST", "who has it")
        .value("hosts", "HOST,...", "who is to have it; default: all")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    arguments.positional(new String[0]);
    WhatIf changes = new WhatIf(arguments.list("without"), capacities(arguments), files(arguments));
    WhatIf.Answer answer = Masters.of(arguments).whatIf(changes);
    if (arguments.has("json")) {
      System.out.println(Messages.pretty(answer));
    } else {
      System.out.println("as it is:     " + line(answer.now()));
      System.out.println("with changes: " + line(answer.then()));
    }
    return ExitStatus.DONE;
  }

  private static Map<String, Double> capacities(Arguments arguments) throws CommandFailure {
    Map<String, Double> capacities = new LinkedHashMap<>();
    for (String part : arguments.list("capacity")) {
      int equals = part.lastIndexOf('=');
      Double value = equals < 1 ? null : number(part.substring(equals + 1));
      if (value == null) {
        throw CommandFailure.usage("--capacity: not RESOURCE=BYTES/S: '" + part + "'");
      }
      capacities.put(part.substring(0, equals), value);
    }
    return capacities;
  }

  private static @Nullable Double number(String text) {
    try {
      double value = Double.parseDouble(text);
      return value >= 0 && Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static List<WhatIf.NewFile> files(Arguments arguments) throws CommandFailure {
    List<WhatIf.NewFile> files = new ArrayList<>();
    if (arguments.has("file")) {
      arguments.required("size");
      long size = arguments.whole("size", 0, Long.MAX_VALUE >> 1).orElse(0L);
      files.add(
          new WhatIf.NewFile(
              arguments.required("file"),
              size,
              arguments.required("origin"),
              arguments.list("hosts")));
    }
    return files;
  }

  private static String line(WhatIf.Outcome o) {
    Double makespan = o.makespanSeconds();
    Double atLeast = o.atLeastSeconds();
    if (makespan == null || atLeast == null) {
      return "%d demands open: %s".formatted(o.demands(), o.problem());
    }
    String binding =
        o.bottlenecks().isEmpty()
            ? ""
            : ", binding: "
                + String.join(
                    ", ", o.bottlenecks().stream().limit(3).map(Status.Binding::resource).toList());
    return String.format(
        Locale.ROOT,
        "%d demands open, done in %.1f s, at least %.1f s%s",
        o.demands(),
        makespan,
        atLeast,
        binding);
  }
}
