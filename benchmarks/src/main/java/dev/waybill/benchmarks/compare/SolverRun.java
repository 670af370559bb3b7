package dev.waybill.benchmarks.compare;

import dev.waybill.benchmarks.picture.Picture;
import dev.waybill.benchmarks.picture.Pictures;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.Solver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * One run of a solver of a comparison in this process. Only the solver is timed: neither reading
 * the instance nor checking the schedule.
 */
public final class SolverRun {
  private final Problem problem;
  private final Solver solver;
  private final RunRequest request;
  private final Recorder recorder = new Recorder();

  public SolverRun(Problem problem, Solver solver, RunRequest request) {
    this.problem = problem;
    this.solver = solver;
    this.request = request;
  }

  /** Asks the solver to stop; from any thread. */
  public void cancel() {
    recorder.cancel();
  }

  /**
   * Runs it. What the solver throws is its crash.
   *
   * @param peak measures the memory, once the solver has ended
   */
  public RunOutcome run(Supplier<Memory> peak) throws IOException {
    long seed = request.limits().seed();
    Solution solution;
    try {
      solution = solver.solve(problem, request.limits(), recorder);
    } catch (RuntimeException | Error e) {
      return new RunOutcome(
          RunResult.failed(seed, RunStatus.CRASHED, oneLine(e), recorder.elapsedSeconds()), null);
    }
    double seconds = recorder.elapsedSeconds();
    Memory memory = peak.get();
    if (!(solution instanceof Solution.Planned planned)) {
      return new RunOutcome(
          new RunResult(
              seed,
              statusOf(solution),
              reasonOf(solution),
              seconds,
              null,
              memory,
              List.of(),
              recorder.notes()),
          null);
    }
    return planned(planned, seconds, memory);
  }

  private RunOutcome planned(Solution.Planned planned, double seconds, Memory memory)
      throws IOException {
    Schedule schedule = planned.schedule();
    Verdict verdict = ScheduleChecker.check(problem, schedule);
    if (!verdict.valid()) {
      String broken = verdict.violations().get(0).toString();
      return new RunOutcome(
          RunResult.failed(request.limits().seed(), RunStatus.DEFECTIVE, broken, seconds), null);
    }
    Path file = request.schedule();
    if (file != null) {
      ScheduleFormat.write(schedule, file);
    }
    Picture picture = request.pictured() ? Pictures.of(problem, schedule.copies()) : null;
    Figures figures =
        new Figures(
            verdict.makespan(),
            verdict.score(),
            verdict.cost(),
            schedule.copies().size(),
            planned.bound().seconds(),
            planned.bound().score(),
            planned.bound().because());
    List<Found> found =
        recorder.foundUntil(new Found(seconds, verdict.makespan(), verdict.score()));
    RunResult result =
        new RunResult(
            request.limits().seed(),
            RunStatus.PLANNED,
            null,
            seconds,
            figures,
            memory,
            found,
            recorder.notes());
    return new RunOutcome(result, picture);
  }

  private static RunStatus statusOf(Solution solution) {
    if (solution instanceof Solution.Infeasible) {
      return RunStatus.INFEASIBLE;
    }
    if (solution instanceof Solution.Unsupported) {
      return RunStatus.UNSUPPORTED;
    }
    return solution instanceof Solution.GaveUp ? RunStatus.GAVE_UP : RunStatus.DEFECTIVE;
  }

  private static String reasonOf(Solution solution) {
    if (solution instanceof Solution.Infeasible i) {
      return i.message();
    }
    if (solution instanceof Solution.Unsupported u) {
      return u.reason();
    }
    return solution instanceof Solution.GaveUp g
        ? g.reason()
        : ((Solution.Defective) solution).reason();
  }

  /** An exception in one line, with the place that threw it. */
  static String oneLine(Throwable e) {
    String where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
    return e.toString().lines().findFirst().orElse("") + where;
  }
}
