package dev.waybill.benchmarks.whole;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of Waybill that goes on while a test looks at it, with the log of what it prints. */
final class Daemon implements AutoCloseable {
  private static final int TAIL_LINES = 40;

  private final String name;
  private final Process process;
  private final Path log;

  private Daemon(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  static Daemon start(String name, Path log, ProcessBuilder command) throws IOException {
    Process process =
        command
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new Daemon(name, process, log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Its standard input. */
  OutputStream input() {
    return process.getOutputStream();
  }

  /** The status with which it has ended, after some time at most. */
  int awaitEnd(long seconds) throws InterruptedException, IOException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " has not ended in " + seconds + " s\n" + tail());
    }
    return process.exitValue();
  }

  /** All it has printed, also before it was started again. */
  String log() throws IOException {
    return Files.readString(log);
  }

  String tail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return "--- " + name + (isAlive() ? "" : " (ended)") + "\n" + String.join("\n", last) + "\n";
  }

  /** Sends it a signal, such as STOP. */
  void signal(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + signal + " of " + name);
    }
  }

  /** {@code kill -9}; returns when it is gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
