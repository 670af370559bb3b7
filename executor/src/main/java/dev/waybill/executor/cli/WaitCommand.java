package dev.waybill.executor.cli;

import dev.waybill.executor.cli.Masters.FileName;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Status.FileStatus;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** The client command {@code wait}. */
final class WaitCommand implements Command {
  @Override
  public String name() {
    return "wait";
  }

  @Override
  public String summary() {
    return "returns when every demand for a file is met and verified";
  }

  @Override
  public String usage() {
    return "--master URL --file FILE[@VERSION] [--timeout SECONDS]";
  }

  @Override
  public String example() {
    return "./waybill wait --master http://10.0.0.1:7000 --file index.bin --timeout 600";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value("file", "FILE[@VERSION]", "the file; without a version its newest one")
        .value("timeout", "SECONDS", "status 1 when it takes longer")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    arguments.positional(new String[0]);
    FileName file = FileName.of("--file", arguments.required("file"));
    Waiting waiting = new Waiting(Masters.persistent(arguments), file);
    Optional<FileStatus> done = waiting.within(arguments.seconds("timeout").orElse(null));
    if (done.isEmpty()) {
      throw new CommandFailure(
          ExitStatus.NO, file + " is not complete after " + arguments.required("timeout") + " s");
    }
    System.out.println(
        arguments.has("json")
            ? Messages.pretty(done.get())
            : "%s@%d is complete on %d hosts"
                .formatted(done.get().file(), done.get().version(), done.get().complete()));
    return ExitStatus.DONE;
  }
}
