package dev.waybill.executor.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that the demonstration has started, with its log. */
final class Child {
  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  static Child start(String name, List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    return new Child(name, process, log);
  }

  /**
   * @throws DemoFailure where it has ended by itself
   */
  void requireAlive() throws DemoFailure, IOException {
    if (!process.isAlive()) {
      throw ended();
    }
  }

  /** Whether it has ended, and well. */
  boolean done() throws DemoFailure, IOException {
    if (process.isAlive()) {
      return false;
    }
    if (process.exitValue() != 0) {
      throw ended();
    }
    return true;
  }

  private DemoFailure ended() throws IOException {
    return new DemoFailure(
        "%s ended with status %d: %s".formatted(name, process.exitValue(), lastLine()));
  }

  private String lastLine() throws IOException {
    byte[] all = Files.readAllBytes(log);
    return new String(all, StandardCharsets.UTF_8)
        .lines()
        .filter(l -> !l.isBlank())
        .reduce((a, b) -> b)
        .orElse("its log is empty");
  }

  /** Asks it to end. */
  void end() {
    process.destroy();
  }

  /** Waits for its end, which is forced after a while. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(3, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
