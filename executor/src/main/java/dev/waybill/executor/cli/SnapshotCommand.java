package dev.waybill.executor.cli;

import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.client.MasterClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** The client command {@code snapshot}. */
final class SnapshotCommand implements Command {
  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public String summary() {
    return "writes the master's state at this moment as an instance file";
  }

  @Override
  public String usage() {
    return "--master URL [--output INSTANCE]";
  }

  @Override
  public String example() {
    return "./waybill snapshot --master http://10.0.0.1:7000 --output now.json";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value("output", "FILE", "where to write it (default: standard output)")
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    arguments.positional(new String[0]);
    Optional<Path> output = arguments.path("output");
    byte[] instance = Masters.ask(Masters.of(arguments), MasterClient::snapshot);
    if (output.isPresent()) {
      write(output.get(), instance);
    } else {
      System.out.write(instance);
      System.out.flush();
    }
    return ExitStatus.DONE;
  }

  /** Whoever reads {@code file} sees all of it or what was there before. */
  private static void write(Path file, byte[] bytes) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path temporary =
        absolute.resolveSibling(
            "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.write(temporary, bytes);
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
