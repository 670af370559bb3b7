package dev.waybill.executor.cli;

import dev.waybill.executor.demo.Demo;
import dev.waybill.executor.demo.DemoFailure;
import dev.waybill.executor.demo.DemoFolder;
import dev.waybill.executor.demo.DemoResult;
import dev.waybill.executor.demo.DemoSettings;
import dev.waybill.model.json.Messages;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** The command {@code demo}: the main job on this machine. */
final class DemoCommand implements Command {
  private static final int DEFAULT_HOSTS = 8;
  private static final int MAX_HOSTS = 64;
  private static final DataSize DEFAULT_SIZE = DataSize.mebibytes(256);

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return "runs a master and executors on this machine and races a file against its bound";
  }

  @Override
  public String usage() {
    return "[options]";
  }

  @Override
  public String example() {
    return "./waybill demo --hosts 8 --size 268435456";
  }

  @Override
  public Options options() {
    return Flags.of()
        .value("hosts", "N", "how many executors, 2 to 64 (default 8)")
        .value("size", "BYTES", "of the random file (default 268435456)")
        .value("file", "PATH", "distribute this file instead")
        .value("solver", "NAME", "the master's solver (default auto)")
        .flag("keep", "keep the folder with logs and copies")
        .insecure()
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    arguments.positional(new String[0]);
    DemoSettings settings = settings(arguments);
    boolean json = arguments.has("json");
    boolean keep = arguments.has("keep");
    try (DemoFolder folder = DemoFolder.create(keep)) {
      DemoResult result = new Demo(settings, folder, new DemoScreen(json)).run();
      report(result, json, keep ? folder.path() : null);
      if (!result.differing().isEmpty()) {
        throw new CommandFailure(
            ExitStatus.NO,
            "copies differ from the source: " + String.join(", ", result.differing()));
      }
      return ExitStatus.DONE;
    } catch (DemoFailure e) {
      throw new CommandFailure(ExitStatus.UNREACHABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static DemoSettings settings(Arguments arguments) throws CommandFailure {
    Optional<Path> file = arguments.path("file");
    if (file.isPresent() && arguments.has("size")) {
      throw CommandFailure.usage("--size is that of a random file; --file has its own");
    }
    if (file.isPresent() && !Files.isRegularFile(file.get())) {
      throw new CommandFailure(ExitStatus.UNREACHABLE, file.get() + ": no such file");
    }
    return new DemoSettings(
        launcher(),
        arguments.whole("hosts", 2, MAX_HOSTS).orElse((long) DEFAULT_HOSTS).intValue(),
        arguments.whole("size", 1, Long.MAX_VALUE).orElse(DEFAULT_SIZE.bytes()),
        file.orElse(null),
        arguments.text("solver").orElse(null));
  }

  /** The script that starts every process; it tells its own processes where it is. */
  private static Path launcher() throws CommandFailure {
    String home = System.getProperty("waybill.home", System.getenv("WAYBILL_HOME"));
    if (home == null || !Files.isExecutable(Path.of(home, "waybill"))) {
      throw new CommandFailure(
          ExitStatus.UNREACHABLE, "WAYBILL_HOME: no launcher 'waybill' in '" + home + "'");
    }
    return Path.of(home, "waybill");
  }

  private static void report(DemoResult result, boolean json, @Nullable Path kept) {
    if (json) {
      System.out.println(Messages.pretty(document(result, kept)));
      return;
    }
    System.out.println(table(result));
    if (kept != null) {
      System.out.println("kept: " + kept);
    }
  }

  private static Map<String, Object> document(DemoResult result, @Nullable Path kept) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("hosts", result.hosts());
    document.put("bytes", result.bytes());
    document.put("actualSeconds", result.actualSeconds());
    document.put("plannedSeconds", result.plannedSeconds());
    document.put("lowerBoundSeconds", result.lowerBoundSeconds());
    document.put("verifiedHosts", result.verifiedHosts());
    document.put("interfaceBytesPerSecond", result.interfaceBytesPerSecond());
    if (kept != null) {
      document.put("folder", kept.toString());
    }
    return document;
  }

  private static String table(DemoResult result) {
    Double bound = result.lowerBoundSeconds();
    Double planned = result.plannedSeconds();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%d of %d hosts have all of %s, verified by SHA-256; interfaces of %s%n%n",
            result.verifiedHosts(),
            result.hosts(),
            new DataSize(result.bytes()),
            new DataRate(result.interfaceBytesPerSecond())));
    text.append(String.format("%-16s %10s %12s %12s%n", "", "seconds", "x planned", "x minimum"));
    text.append(row("actual", result.actualSeconds(), planned, bound));
    text.append(row("planned", planned, planned, bound));
    text.append(row("proven minimum", bound, planned, bound));
    return text.toString();
  }

  private static String row(
      String what, @Nullable Double seconds, @Nullable Double planned, @Nullable Double bound) {
    return String.format(
        Locale.ROOT,
        "%-16s %10s %12s %12s%n",
        what,
        seconds == null ? "-" : String.format(Locale.ROOT, "%.2f", seconds),
        ratio(seconds, planned),
        ratio(seconds, bound));
  }

  private static String ratio(@Nullable Double seconds, @Nullable Double of) {
    return seconds == null || of == null || of == 0
        ? "-"
        : String.format(Locale.ROOT, "%.3f", seconds / of);
  }
}
