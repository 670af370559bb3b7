package dev.waybill.executor.cli;

import dev.waybill.executor.cli.Masters.FileName;
import dev.waybill.executor.trace.Regret;
import dev.waybill.executor.trace.TracePage;
import dev.waybill.executor.trace.TraceText;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Trace;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** The client command {@code trace}: a distribution beside its plan, and where its seconds went. */
final class TraceCommand implements Command {
  @Override
  public String name() {
    return "trace";
  }

  @Override
  public String summary() {
    return "shows every copy of a distribution as planned and as it went, and where seconds went";
  }

  @Override
  public String usage() {
    return "--master URL --file FILE[@VERSION] [--html PAGE]";
  }

  @Override
  public String example() {
    return "./waybill trace --master http://10.0.0.1:7000 --file index.bin --html index.html";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value("file", "FILE[@VERSION]", "the file (default: its newest version)")
        .value("html", "PAGE", "write a page with a bar for each copy")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    arguments.positional(new String[0]);
    FileName file = FileName.of("--file", arguments.required("file"));
    Trace trace = Masters.ask(Masters.of(arguments), m -> m.trace(file.name(), file.version()));
    Regret regret = Regret.of(trace);
    Optional<Path> page = arguments.path("html");
    if (page.isPresent()) {
      Files.writeString(page.get(), TracePage.of(trace, regret));
    }
    if (arguments.has("json")) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("trace", trace);
      document.put("regret", regret);
      System.out.println(Messages.pretty(document));
    } else {
      System.out.print(TraceText.of(trace, regret));
    }
    return ExitStatus.DONE;
  }
}
