package dev.waybill.executor.cli;

import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Status;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.Terminal;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.client.PersistentMaster;
import java.io.IOException;
import java.time.Duration;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** The client command {@code status}. */
final class StatusCommand implements Command {
  private static final Duration REDRAW = Duration.ofSeconds(1);
  private static final String HOME_AND_CLEAR = "\033[H\033[J";

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String summary() {
    return "shows who has what, at least / planned / so far, bottlenecks and failed components";
  }

  @Override
  public String usage() {
    return "--master URL [--file FILE[@VERSION]] [--watch | --json]";
  }

  @Override
  public String example() {
    return "./waybill status --master http://10.0.0.1:7000 --watch";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value("file", "FILE[@VERSION]", "only this file")
        .flag("watch", "show it every second, until interrupted")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    arguments.positional(new String[0]);
    if (arguments.has("watch") && arguments.has("json")) {
      throw CommandFailure.usage("--json prints one document, so it can't --watch");
    }
    Masters.FileName file =
        arguments.has("file") ? Masters.FileName.of("--file", arguments.required("file")) : null;
    MasterClient master = Masters.of(arguments);
    Status status = Masters.ask(master, m -> read(m, file));
    if (arguments.has("json")) {
      System.out.println(Messages.pretty(status));
    } else if (arguments.has("watch")) {
      watch(new PersistentMaster(master, Terminal::notice), file, status);
    } else {
      System.out.print(StatusTable.of(status));
    }
    return ExitStatus.DONE;
  }

  private static Status read(MasterClient master, Masters.@Nullable FileName file)
      throws IOException {
    Status status = master.status(file == null ? null : file.name());
    return file == null || file.version() == null ? status : only(status, file.version());
  }

  /** What concerns one version. */
  private static Status only(Status status, long version) {
    return new Status(
        status.files().stream().filter(f -> f.version() == version).toList(),
        status.hosts().stream()
            .map(
                h ->
                    new Status.HostStatus(
                        h.host(),
                        h.state(),
                        h.files().stream().filter(f -> f.version() == version).toList()))
            .toList(),
        status.bottlenecks(),
        status.failed(),
        status.suspects(),
        status.slow(),
        status.refused(),
        status.planning());
  }

  private static void watch(PersistentMaster master, Masters.@Nullable FileName file, Status first)
      throws IOException, InterruptedException {
    for (Status status = first; ; status = master.call(m -> read(m, file))) {
      if (Terminal.isOutput()) {
        System.out.print(HOME_AND_CLEAR + StatusTable.of(status));
      } else {
        System.out.print(StatusTable.lines(status));
      }
      System.out.flush();
      Thread.sleep(REDRAW.toMillis());
    }
  }
}
