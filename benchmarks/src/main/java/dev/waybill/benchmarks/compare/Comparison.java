package dev.waybill.benchmarks.compare;

import dev.waybill.benchmarks.picture.Picture;
import dev.waybill.planner.solve.SolveLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A comparison: every solver on every instance, a number of runs each. Runs are made one after the
 * other, so that none takes another's processor time.
 */
public final class Comparison {
  private final List<InstanceFacts> instances;
  private final List<String> solvers;
  private final BenchResult.Settings settings;
  private final Runner runner;
  private final @Nullable Path schedules;
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final long startNanos = System.nanoTime();
  private final List<InstanceResult> results = new ArrayList<>();
  private final Map<String, Map<String, Picture>> pictures = new HashMap<>();
  private volatile boolean cancelled;
  private final AtomicInteger done = new AtomicInteger();

  /** Is told how a comparison goes. */
  public interface Listener {
    /** A run has been made. */
    void ran(InstanceFacts instance, String solver, int run, RunResult result);
  }

  /**
   * @param schedules the folder for the schedules of the median runs; null: they are not kept
   */
  public Comparison(
      List<InstanceFacts> instances,
      List<String> solvers,
      BenchResult.Settings settings,
      Runner runner,
      @Nullable Path schedules) {
    this.instances = List.copyOf(instances);
    this.solvers = List.copyOf(solvers);
    this.settings = settings;
    this.runner = runner;
    this.schedules = schedules;
  }

  /** How many runs there are to make. */
  public int runs() {
    return instances.size() * solvers.size() * settings.runs();
  }

  /** How many have been made. */
  public int done() {
    return done.get();
  }

  /** No run is begun any more, and the one that is being made is ended; from any thread. */
  public void cancel() {
    cancelled = true;
    runner.cancel();
  }

  /** Makes the runs, and returns what there is when they are made or it has been cancelled. */
  public BenchResult run(Listener listener) throws IOException, InterruptedException {
    for (InstanceFacts instance : instances) {
      Map<String, List<RunResult>> ofSolver = new LinkedHashMap<>();
      Map<String, String> files = new HashMap<>();
      for (String solver : solvers) {
        List<RunResult> runs = new ArrayList<>();
        run(instance, solver, runs, files, listener);
        if (!runs.isEmpty()) {
          ofSolver.put(solver, runs);
        }
      }
      if (!ofSolver.isEmpty()) {
        results.add(result(instance, ofSolver, files));
      }
    }
    return result();
  }

  private void run(
      InstanceFacts instance,
      String solver,
      List<RunResult> runs,
      Map<String, String> files,
      Listener listener)
      throws IOException, InterruptedException {
    List<RunOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < settings.runs() && !cancelled; i++) {
      Path schedule = schedules == null ? null : schedules.resolve(name(instance, solver, i));
      RunOutcome outcome = runner.run(request(instance, solver, i, schedule));
      if (cancelled) {
        if (schedule != null) {
          Files.deleteIfExists(schedule);
        }
        break;
      }
      outcomes.add(outcome);
      runs.add(outcome.result());
      done.incrementAndGet();
      listener.ran(instance, solver, i + 1, outcome.result());
    }
    keepMedian(instance, solver, runs, outcomes, files);
  }

  private RunRequest request(
      InstanceFacts instance, String solver, int run, @Nullable Path schedule) {
    SolveLimits limits =
        new SolveLimits(
            Duration.ofNanos(Math.round(settings.timeLimitSeconds() * 1e9)),
            settings.gap(),
            settings.seed() + run);
    return new RunRequest(Path.of(instance.file()), solver, limits, schedule, schedule != null);
  }

  /** Of all runs of a cell, the schedule of the median one is kept. */
  private void keepMedian(
      InstanceFacts instance,
      String solver,
      List<RunResult> runs,
      List<RunOutcome> outcomes,
      Map<String, String> files)
      throws IOException {
    RunResult median = Cell.medianRun(runs);
    if (schedules == null) {
      return;
    }
    for (int i = 0; i < runs.size(); i++) {
      Path schedule = schedules.resolve(name(instance, solver, i));
      if (!runs.get(i).equals(median)) {
        Files.deleteIfExists(schedule);
        continue;
      }
      String kept = fileName(instance.name()) + "--" + fileName(solver) + ".json.gz";
      Files.move(schedule, schedules.resolve(kept), StandardCopyOption.REPLACE_EXISTING);
      files.put(solver, schedules.getFileName() + "/" + kept);
      Picture picture = outcomes.get(i).picture();
      if (picture != null) {
        pictures.computeIfAbsent(instance.name(), k -> new HashMap<>()).put(solver, picture);
      }
    }
  }

  private static String name(InstanceFacts instance, String solver, int run) {
    return fileName(instance.name()) + "--" + fileName(solver) + "--run" + run + ".json.gz";
  }

  private static String fileName(String id) {
    return id.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static InstanceResult result(
      InstanceFacts instance, Map<String, List<RunResult>> ofSolver, Map<String, String> files) {
    Bounds bounds = Bounds.NONE;
    for (Map.Entry<String, List<RunResult>> e : ofSolver.entrySet()) {
      bounds = bounds.orTighter(e.getKey(), e.getValue());
    }
    List<Cell> cells = new ArrayList<>();
    for (Map.Entry<String, List<RunResult>> e : ofSolver.entrySet()) {
      cells.add(Cell.of(e.getKey(), e.getValue(), bounds, files.get(e.getKey())));
    }
    return new InstanceResult(instance, bounds, cells);
  }

  private BenchResult result() {
    String version = Comparison.class.getPackage().getImplementationVersion();
    return new BenchResult(
        BenchResult.FORMAT,
        version == null ? "not packaged" : version,
        started.toString(),
        (System.nanoTime() - startNanos) / 1e9,
        done() == runs(),
        BenchResult.Machine.here(),
        settings,
        BenchResult.summaries(results),
        results);
  }

  /** The pictures of the schedules that are kept, by instance and solver. */
  public Map<String, Map<String, Picture>> pictures() {
    return pictures;
  }
}
