package dev.waybill.benchmarks.cli;

import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.commons.cli.Options;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The command {@code jmh}: runs the benchmarks of the planner's kernels. */
public final class JmhCommand implements Command {
  @Override
  public String name() {
    return "jmh";
  }

  @Override
  public String summary() {
    return "Measures the kernels: list scheduling, trees, bound, checker, formats, answers to reports.";
  }

  @Override
  public String usage() {
    return "[REGEX] [--output FILE] [--quick]";
  }

  @Override
  public String example() {
    return "./waybill jmh 'check|bound' --output jmh.json";
  }

  @Override
  public Options options() {
    return Flags.of()
        .value("output", "FILE", "write the figures there too, in JMH's JSON")
        .flag("quick", "one call each on the smallest case, in this JVM: only shows that it works")
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    List<String> words = arguments.positional();
    if (words.size() > 1) {
      throw CommandFailure.usage("unexpected argument '" + words.get(1) + "'");
    }
    String regex = words.isEmpty() ? ".*" : words.get(0);
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new CommandFailure(
          ExitStatus.USAGE, "REGEX: " + e.getDescription() + ": '" + regex + "'", e);
    }
    ChainedOptionsBuilder options = new OptionsBuilder().include(regex).shouldFailOnError(true);
    if (arguments.has("quick")) {
      options
          .forks(0)
          .warmupIterations(0)
          .measurementIterations(1)
          .measurementTime(TimeValue.milliseconds(1))
          .param("hosts", "200");
    }
    arguments
        .path("output")
        .ifPresent(f -> options.resultFormat(ResultFormatType.JSON).result(f.toString()));
    try {
      new Runner(options.build()).run();
    } catch (NoBenchmarksException e) {
      throw new CommandFailure(ExitStatus.USAGE, "REGEX: no benchmark matches '" + regex + "'", e);
    } catch (RunnerException e) {
      throw new CommandFailure(ExitStatus.NO, "a benchmark failed: " + e.getMessage(), e);
    }
    return ExitStatus.DONE;
  }
}
