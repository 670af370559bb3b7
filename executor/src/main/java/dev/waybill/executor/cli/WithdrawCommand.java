package dev.waybill.executor.cli;

import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Withdraw;
import dev.waybill.model.protocol.Withdrawn;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** The command {@code withdraw}: takes a file back, or out of some hosts' file sets. */
final class WithdrawCommand implements Command {
  @Override
  public String name() {
    return "withdraw";
  }

  @Override
  public String summary() {
    return "takes a file back from every host, or out of some hosts' file sets";
  }

  @Override
  public String usage() {
    return "--master URL --file FILE[@VERSION] [--hosts HOST,...]";
  }

  @Override
  public String example() {
    return "./waybill withdraw --master http://10.0.0.1:7000 --file index.bin@3";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value("file", "FILE[@VERSION]", "the file; without a version all of them")
        .value(
            "hosts",
            "HOST,...",
            "hosts or groups that are not to have it any more; without this it is deleted everywhere")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    arguments.positional(new String[0]);
    Masters.FileName file = Masters.FileName.of("--file", arguments.required("file"));
    List<String> hosts = arguments.list("hosts");
    if (file.version() != null && !hosts.isEmpty()) {
      throw CommandFailure.usage("--file: a file set is left by all versions of a file");
    }
    Withdraw request = new Withdraw(file.name(), file.version(), hosts);
    Withdrawn done = Masters.ask(Masters.of(arguments), m -> m.withdraw(request));
    System.out.println(
        arguments.has("json")
            ? Messages.pretty(done)
            : "%s: %d versions taken back, out of the file sets of %d hosts"
                .formatted(file, done.versions(), done.hosts()));
    return ExitStatus.DONE;
  }
}
