package dev.waybill.benchmarks.compare;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.solve.Solver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the runs of a comparison in this process: no JVM starts, and later runs profit from what
 * the JVM has compiled in earlier ones. Memory is that of the heap. A solver that does not stop is
 * left to itself on its thread.
 */
public final class InProcess implements Runner {
  private final Function<String, Solver> solvers;
  private @Nullable Path path;
  private @Nullable Problem problem;
  private volatile @Nullable SolverRun running;

  /**
   * @param solvers what makes a solver of its name
   */
  public InProcess(Function<String, Solver> solvers) {
    this.solvers = solvers;
  }

  @Override
  public RunOutcome run(RunRequest request) throws IOException, InterruptedException {
    SolverRun run =
        new SolverRun(read(request.instance()), solvers.apply(request.solver()), request);
    running = run;
    Memory.reset();
    CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(run.run(Memory::heap));
              } catch (IOException | RuntimeException | Error e) {
                outcome.completeExceptionally(e);
              }
            },
            "run");
    thread.setDaemon(true);
    thread.start();
    double patience = request.patience().toMillis() / 1e3;
    try {
      return outcome.get(request.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      run.cancel();
      return new RunOutcome(
          RunResult.failed(
              request.limits().seed(),
              RunStatus.TIMED_OUT,
              "still running after " + patience + " s",
              patience),
          null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("a run on " + request.instance(), e);
    } finally {
      running = null;
    }
  }

  private Problem read(Path instance) throws IOException {
    Problem last = problem;
    if (last == null || !instance.equals(path)) {
      try {
        last = InstanceFormat.read(instance);
      } catch (FormatException e) {
        throw new IOException(e.getMessage(), e);
      }
      problem = last;
      path = instance;
    }
    return last;
  }

  @Override
  public void cancel() {
    SolverRun run = running;
    if (run != null) {
      run.cancel();
    }
  }
}
