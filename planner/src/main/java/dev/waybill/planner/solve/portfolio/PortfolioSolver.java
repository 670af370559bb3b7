package dev.waybill.planner.solve.portfolio;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.flow.Lessons;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The planner's {@code auto}: runs the solvers that its rules choose for the problem, two at a
 * time, and returns the best schedule that has passed the checker.
 *
 * <p>A solver that throws, returns what breaks a constraint, or does not come back in time is
 * reported to the monitor and passed over. One that hangs is left to itself on a daemon thread.
 */
public final class PortfolioSolver implements Solver {
  private static final String QUICKEST = "greedy";
  private static final int THREADS = 2;
  private static final long POLL_MILLIS = 5;

  private final PortfolioConfig config;
  private final Function<String, Solver> solvers;

  /**
   * @param solvers makes each solver that the rules name
   */
  public PortfolioSolver(PortfolioConfig config, Function<String, Solver> solvers) {
    this.config = config;
    this.solvers = solvers;
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
    Stop stop = new Stop(limits, monitor);
    IndexedProblem indexed = task.indexed();
    Solution.Infeasible obstacle = task.obstacle();
    if (obstacle != null) {
      return obstacle;
    }
    Traits traits = Traits.of(indexed, limits);
    Queue<Solver> waiting = new ConcurrentLinkedQueue<>();
    for (PortfolioConfig.Rule rule : config.rules()) {
      if (rule.fits(traits)) {
        waiting.add(solvers.apply(rule.solver()));
      }
    }
    Contest contest = new Contest(task, limits, monitor, stop);
    CountDownLatch running = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> work(contest, waiting, running), "portfolio-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    await(contest, running, stop);
    Solution result = contest.result();
    if (result instanceof Solution.Planned planned) {
      Lessons.learn(task, planned.schedule());
    }
    boolean tooLate = result instanceof Solution.GaveUp && !stop.cancelled();
    return tooLate ? lastResort(task, limits, monitor, result) : result;
  }

  /**
   * What the quickest solver comes to in the time that was allowed, where all of that went into
   * getting started; {@code otherwise} where it comes to nothing either.
   */
  private Solution lastResort(
      Task task, SolveLimits limits, SolveMonitor monitor, Solution otherwise) {
    boolean brief = limits.timeLimit().compareTo(Traits.BRIEF) < 0;
    if (!brief || config.rules().stream().noneMatch(r -> r.solver().equals(QUICKEST))) {
      return otherwise;
    }
    Solution late = solvers.apply(QUICKEST).solve(task, limits, monitor);
    return late instanceof Solution.Planned ? late : otherwise;
  }

  private static void work(Contest contest, Queue<Solver> waiting, CountDownLatch running) {
    try {
      for (Solver s = waiting.poll(); s != null && !contest.over(); s = waiting.poll()) {
        contest.enter(s);
      }
    } finally {
      running.countDown();
    }
  }

  private void await(Contest contest, CountDownLatch running, Stop stop) {
    double overSince = Double.POSITIVE_INFINITY;
    try {
      while (!running.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (contest.isWon()) {
          return;
        }
        if (contest.over()) {
          overSince = Math.min(overSince, stop.elapsedSeconds());
          if (stop.elapsedSeconds() - overSince > config.graceSeconds()) {
            contest.passOver();
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      contest.passOver();
    }
  }
}
