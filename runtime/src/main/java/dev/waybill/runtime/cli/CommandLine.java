package dev.waybill.runtime.cli;

import dev.waybill.model.json.FormatException;
import dev.waybill.runtime.client.MasterClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.apache.commons.cli.help.HelpFormatter;

/**
 * The outermost frame of every process: finds the command, reads its options, runs it, and turns
 * whatever it throws into one line on standard error and an exit status.
 */
public final class CommandLine {
  private final List<Command> commands;

  public CommandLine(List<Command> commands) {
    this.commands = List.copyOf(commands);
  }

  /** Runs the command that {@code args} begin with and returns the exit status. */
  public int run(String... args) {
    if (args.length == 0 || args[0].equals("--help") || args[0].equals("help")) {
      overview();
      return args.length == 0 ? ExitStatus.USAGE.code() : ExitStatus.DONE.code();
    }
    if (args[0].equals("--version")) {
      System.out.println(version());
      return ExitStatus.DONE.code();
    }
    for (Command c : commands) {
      if (c.name().equals(args[0])) {
        return run(c, List.of(args).subList(1, args.length)).code();
      }
    }
    complain("no command '" + args[0] + "'; ./waybill --help lists them");
    return ExitStatus.USAGE.code();
  }

  private ExitStatus run(Command command, List<String> args) {
    boolean debug = args.contains("--debug");
    try {
      Options options = withCommon(command.options());
      org.apache.commons.cli.CommandLine parsed = parse(options, args);
      if (parsed.hasOption("help")) {
        help(command, options);
        return ExitStatus.DONE;
      }
      if (parsed.hasOption("version") && !options.getOption("version").hasArg()) {
        System.out.println(version());
        return ExitStatus.DONE;
      }
      return command.run(arguments(parsed, options));
    } catch (Exception e) {
      return failed(command, e, debug);
    }
  }

  private static ExitStatus failed(Command command, Exception e, boolean debug) {
    if (debug) {
      e.printStackTrace();
    }
    if (e instanceof CommandFailure f) {
      complain(String.valueOf(f.getMessage()));
      return f.status();
    }
    if (e instanceof FormatException) {
      complain(String.valueOf(e.getMessage()));
      return ExitStatus.USAGE;
    }
    if (e instanceof MasterClient.Refused refused) {
      complain(String.valueOf(refused.getMessage()));
      return statusOf(refused);
    }
    if (e instanceof IOException io) {
      complain(lineOf(io));
      return ExitStatus.UNREACHABLE;
    }
    complain("a bug in " + command.name() + ", please report it with --debug: " + e);
    return ExitStatus.UNREACHABLE;
  }

  /** What a master's no means: the request is wrong, or what it asks for can't be. */
  private static ExitStatus statusOf(MasterClient.Refused refused) {
    return switch (refused.problem().status()) {
      case 400, 413, 422 -> ExitStatus.USAGE;
      case 403, 404, 409 -> ExitStatus.NO;
      default -> ExitStatus.UNREACHABLE;
    };
  }

  /** One line for an I/O failure: the JDK's messages are often just a path. */
  public static String lineOf(IOException e) {
    if (e instanceof NoSuchFileException f) {
      return f.getFile() + ": no such file or folder";
    }
    if (e instanceof AccessDeniedException f) {
      return f.getFile() + ": access denied";
    }
    if (e instanceof FileSystemException f && f.getReason() == null) {
      return f.getFile() + ": " + e.getClass().getSimpleName();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private static void complain(String line) {
    System.err.println("waybill: " + line);
  }

  /** A command's own options go before those that all have: {@code publish --version N}. */
  private static Options withCommon(Options own) {
    Options all = new Options();
    for (Option o :
        Flags.of()
            .value("config", "FILE", "options from a JSON object; the command line goes before it")
            .flag("debug", "show stack traces")
            .flag("help", "this text")
            .flag("version", "the version")
            .build()
            .getOptions()) {
      all.addOption(o);
    }
    own.getOptions().forEach(all::addOption);
    return all;
  }

  private static org.apache.commons.cli.CommandLine parse(Options options, List<String> args)
      throws CommandFailure {
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .get()
          .parse(options, args.toArray(String[]::new));
    } catch (UnrecognizedOptionException e) {
      throw new CommandFailure(ExitStatus.USAGE, "unknown option " + e.getOption(), e);
    } catch (MissingArgumentException e) {
      throw new CommandFailure(
          ExitStatus.USAGE, "--" + e.getOption().getLongOpt() + " needs a value", e);
    } catch (ParseException e) {
      throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static Arguments arguments(org.apache.commons.cli.CommandLine parsed, Options options)
      throws CommandFailure, IOException, FormatException {
    Map<String, String> values = new LinkedHashMap<>();
    String config = parsed.getOptionValue("config");
    if (config != null) {
      values.putAll(ConfigFile.read(Path.of(config), options));
    }
    for (Option o : parsed.getOptions()) {
      values.put(o.getLongOpt(), o.hasArg() ? o.getValue() : "true");
    }
    return new Arguments(values, parsed.getArgList());
  }

  private void overview() {
    StringBuilder text = new StringBuilder("usage: ./waybill COMMAND [OPTIONS]\n\n");
    for (Command c : commands) {
      text.append("  %-10s %s%n".formatted(c.name(), c.summary()));
    }
    text.append("\n./waybill COMMAND --help says more about each.");
    System.out.println(text);
  }

  private static void help(Command command, Options options) throws IOException {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    out.println("usage: ./waybill " + command.name() + " " + command.usage());
    out.println();
    out.println(command.summary());
    out.println();
    out.flush();
    HelpFormatter formatter =
        HelpFormatter.builder()
            .setShowSince(false)
            .setComparator(Comparator.comparing(Option::getLongOpt))
            .get();
    formatter.printOptions(options);
    out.println("example: " + command.example());
    out.flush();
  }

  private static String version() {
    String version = CommandLine.class.getPackage().getImplementationVersion();
    return "waybill " + (version == null ? "(not packaged)" : version);
  }
}
