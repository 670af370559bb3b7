package dev.waybill.executor.cli;

import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Explanation;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import java.io.IOException;
import java.util.Locale;
import org.apache.commons.cli.Options;

/** The command {@code explain}: why a host is where it is with a file. */
final class ExplainCommand implements Command {
  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String summary() {
    return "says why a host is where it is with a file: what it waits for, and from whom";
  }

  @Override
  public String usage() {
    return "HOST FILE[@VERSION] --master URL";
  }

  @Override
  public String example() {
    return "./waybill explain b index.bin --master http://10.0.0.1:7000";
  }

  @Override
  public Options options() {
    return Flags.of().master().json().build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    if (arguments.positional().size() != 2) {
      throw CommandFailure.usage("a HOST and a FILE are needed");
    }
    String host = arguments.positional().get(0);
    Masters.FileName file = Masters.FileName.of("FILE", arguments.positional().get(1));
    Explanation e =
        Masters.ask(Masters.of(arguments), m -> m.explain(host, file.name(), file.version()));
    System.out.print(arguments.has("json") ? Messages.pretty(e) + "\n" : text(e));
    return ExitStatus.DONE;
  }

  private static String text(Explanation e) {
    StringBuilder text = new StringBuilder();
    text.append("%s, %s@%d: %s%n".formatted(e.host(), e.file(), e.version(), e.summary()));
    text.append("blocks: %d held, %d missing%n".formatted(e.heldBlocks(), e.missing()));
    for (Explanation.Running r : e.running()) {
      text.append(
          String.format(
              Locale.ROOT,
              "receiving blocks %d to %d from %s at %.2f MB/s since %.1f s, %d have arrived%n",
              r.first(),
              r.last(),
              r.from(),
              r.rate() / 1e6,
              r.sinceSeconds(),
              r.arrived()));
    }
    for (Explanation.Waiting w : e.waiting()) {
      text.append(
          String.format(
              Locale.ROOT,
              "waiting for blocks %d to %d from %s, planned in %.1f s: %s%n",
              w.first(),
              w.last(),
              w.from(),
              w.plannedInSeconds(),
              w.waitsFor()));
    }
    if (e.waitingCopies() > e.waiting().size()) {
      text.append("and %d more%n".formatted(e.waitingCopies() - e.waiting().size()));
    }
    Double done = e.doneInSeconds();
    if (done != null && done > 0) {
      text.append(String.format(Locale.ROOT, "done in about %.1f s%n", done));
    }
    return text.toString();
  }
}
