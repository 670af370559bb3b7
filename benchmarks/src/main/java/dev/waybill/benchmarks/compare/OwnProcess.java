package dev.waybill.benchmarks.compare;

import dev.waybill.benchmarks.machine.Processes;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes every run of a comparison in a JVM of its own, with the flags of this one: memory, compiled
 * code and crashes of one run are no other's. The solver's time is taken inside, so that the start
 * of the JVM is not part of it, but what the JVM has yet to load and compile is.
 */
public final class OwnProcess implements Runner {
  private static final String TERMINAL = "-Dwaybill.terminal";
  private static final int REASON_LENGTH = 300;

  private final String mainClass;
  private volatile @Nullable Process running;
  private volatile boolean cancelled;

  /**
   * @param mainClass whose command {@code bench-run} makes a run and writes its outcome
   */
  public OwnProcess(String mainClass) {
    this.mainClass = mainClass;
  }

  @Override
  public RunOutcome run(RunRequest request) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("waybill-bench");
    Path outcome = folder.resolve("outcome.json");
    Path log = folder.resolve("log");
    try {
      long startNanos = System.nanoTime();
      Process process =
          new ProcessBuilder(command(request, outcome))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      running = process;
      if (cancelled) {
        process.destroyForcibly();
      }
      boolean ended = awaited(process, request);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      long seed = request.limits().seed();
      if (!ended) {
        String reason = String.format(Locale.ROOT, "still running after %.0f s", seconds);
        return new RunOutcome(RunResult.failed(seed, RunStatus.TIMED_OUT, reason, seconds), null);
      }
      if (process.exitValue() == 0 && Files.exists(outcome)) {
        return read(outcome);
      }
      return new RunOutcome(
          RunResult.failed(seed, RunStatus.CRASHED, crash(process.exitValue(), log), seconds),
          null);
    } finally {
      running = null;
      for (Path file : List.of(outcome, log, folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean awaited(Process process, RunRequest request) throws InterruptedException {
    try {
      return process.waitFor(request.patience().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private List<String> command(RunRequest request, Path outcome) {
    List<String> words = new ArrayList<>();
    words.add(Processes.java());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      boolean agent = flag.startsWith("-agent") || flag.startsWith("-javaagent");
      if (!agent && !flag.startsWith(TERMINAL)) {
        words.add(flag);
      }
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass, "bench-run"));
    words.add(request.instance().toString());
    words.addAll(List.of("--solver", request.solver(), "--outcome", outcome.toString()));
    double limit = request.limits().timeLimit().toNanos() / 1e9;
    words.addAll(List.of("--time-limit", Double.toString(limit)));
    words.addAll(List.of("--gap", Double.toString(request.limits().gap())));
    words.addAll(List.of("--seed", Long.toString(request.limits().seed())));
    Path schedule = request.schedule();
    if (schedule != null) {
      words.addAll(List.of("--schedule", schedule.toString()));
    }
    if (request.pictured()) {
      words.add("--pictured");
    }
    return words;
  }

  private static RunOutcome read(Path outcome) throws IOException {
    try (InputStream in = Files.newInputStream(outcome)) {
      return Messages.read(in, outcome.toString(), RunOutcome.class);
    } catch (FormatException e) {
      throw new IllegalStateException("what a run has written can't be read", e);
    }
  }

  private static String crash(int status, Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    String said = text.lines().filter(l -> !l.isBlank()).findFirst().orElse("no word");
    String reason = "its process ended with status " + status + ": " + said;
    return reason.length() > REASON_LENGTH ? reason.substring(0, REASON_LENGTH) : reason;
  }

  @Override
  public void cancel() {
    cancelled = true;
    Process process = running;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
