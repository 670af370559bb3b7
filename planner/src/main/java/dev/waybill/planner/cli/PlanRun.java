package dev.waybill.planner.cli;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Task;
import dev.waybill.runtime.cli.Progress;
import dev.waybill.runtime.cli.Terminal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a solver for the command {@code plan}. The solver has a thread of its own, so that the
 * best plan so far is there when the run is cancelled, even where the solver is slow to notice.
 */
final class PlanRun implements SolveMonitor {
  /** How long a solver that has been cancelled may take to answer. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Solver solver;
  private final SolveLimits limits;
  private final CompletableFuture<Solution> answer = new CompletableFuture<>();
  private final CompletableFuture<Boolean> cancellation = new CompletableFuture<>();
  private volatile double fraction;
  private volatile @Nullable Schedule best;
  private volatile long startNanos = System.nanoTime();

  PlanRun(Solver solver, SolveLimits limits) {
    this.solver = solver;
    this.limits = limits;
  }

  /** Makes {@link #solve} come to its end soon; from any thread. */
  void cancel() {
    cancellation.complete(true);
  }

  @Override
  public boolean cancelled() {
    return cancellation.isDone();
  }

  @Override
  public void progress(double done) {
    fraction = Math.max(fraction, done);
  }

  @Override
  public void note(String line) {
    Terminal.notice(line);
  }

  @Override
  public void found(Schedule schedule) {
    best = schedule;
  }

  /** The share of the solver's work or of its time that is over, whichever is more. */
  Progress.State state() {
    double limit = limits.timeLimit().toNanos() / 1e9;
    Schedule s = best;
    String text =
        String.format(Locale.ROOT, "%.0f s", elapsedSeconds())
            + (s == null
                ? ", no plan yet"
                : String.format(
                    Locale.ROOT, ", makespan %.6g s, ratio %.4f", s.makespan(), s.ratio()));
    return new Progress.State(Math.max(fraction, elapsedSeconds() / limit), text);
  }

  /** Since the solver began. */
  double elapsedSeconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** Runs the solver to its end, or until shortly after the run has been cancelled. */
  Solution solve(Problem problem) throws InterruptedException {
    startNanos = System.nanoTime();
    Task task = new Task(problem);
    Thread thread = new Thread(() -> run(task), "solver");
    thread.setDaemon(true);
    thread.start();
    try {
      CompletableFuture.anyOf(answer, cancellation).get();
      Solution solution =
          cancelled() ? answer.get(GRACE.toMillis(), TimeUnit.MILLISECONDS) : answer.get();
      return solution instanceof Solution.GaveUp && best != null ? ofBest(task, best) : solution;
    } catch (TimeoutException e) {
      Schedule s = best;
      return s == null
          ? new Solution.GaveUp("cancelled before a schedule was found")
          : ofBest(task, s);
    } catch (ExecutionException e) {
      throw new IllegalStateException("solver " + solver.name() + ": " + e.getCause(), e);
    }
  }

  private void run(Task task) {
    try {
      answer.complete(solver.solve(task, limits, this));
    } catch (OutOfMemoryError e) {
      answer.complete(new Solution.GaveUp("the memory of the process does not suffice"));
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  /** What a solver says that it has found is believed once it has passed the checker. */
  private Solution ofBest(Task task, Schedule schedule) {
    Verdict verdict = ScheduleChecker.check(task.problem(), schedule);
    return verdict.valid()
        ? new Solution.Planned(schedule, task.bound())
        : new Solution.Defective(
            "solver " + solver.name() + " found what breaks " + verdict.violations().get(0));
  }
}
