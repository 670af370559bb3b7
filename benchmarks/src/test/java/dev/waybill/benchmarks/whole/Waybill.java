package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.benchmarks.machine.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Waybill's commands as processes, from the jars that the build has made. */
final class Waybill {
  private static final Map<String, String> MODULES =
      Map.of(
          "master", "planner",
          "ca", "planner",
          "plan", "planner",
          "verify", "planner",
          "import", "planner",
          "bench", "benchmarks",
          "jmh", "benchmarks");
  private static final long COMMAND_SECONDS = 90;

  private Waybill() {}

  static Path jar(String module) {
    Path jar =
        Path.of(
            System.getProperty("waybill.home"),
            module,
            "target",
            "waybill-" + module + "-0.1.0-SNAPSHOT-all.jar");
    assertThat(jar).as("made by the phase package").isRegularFile();
    return jar;
  }

  /** The process of a command, not yet started. */
  static ProcessBuilder process(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Processes.java());
    String compiler = System.getProperty("waybill.compiler", "1");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + compiler, "-Xmx256m"));
    // Another build on this machine may be at its own benchmarks.
    command.addAll(List.of("-Djmh.ignoreLock=true", "-jar"));
    command.add(jar(MODULES.getOrDefault(words.get(0), "executor")).toString());
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder;
  }

  /**
   * The same for a process that can't make any file longer than so many bytes; it may be allowed
   * to.
   */
  static ProcessBuilder limited(List<String> words, long bytes) {
    ProcessBuilder builder = process(words);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "ulimit -S -f " + bytes / 512 + "; exec \"$@\"", "sh"));
    command.addAll(builder.command());
    return builder.command(command);
  }

  /** Runs a command to its end, in a folder of its own for what it prints. */
  static Ended run(Path folder, String... words) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        process(List.of(words))
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      long seconds = patience(List.of(words));
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      assertThat(ended)
          .as("%s ends within %d s; %s", List.of(words), seconds, Files.readString(err))
          .isTrue();
      return new Ended(
          List.of(words), process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** More than the time that a command has been given itself. */
  private static long patience(List<String> words) {
    int timeout = words.indexOf("--timeout");
    double given = timeout < 0 ? 0 : Double.parseDouble(words.get(timeout + 1));
    return COMMAND_SECONDS + (long) given;
  }
}
