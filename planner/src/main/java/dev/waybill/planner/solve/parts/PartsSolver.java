package dev.waybill.planner.solve.parts;

import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Figures;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The planner's partitioned runs (claim 7): the network is divided into parts ({@link Division});
 * first what has to pass between them is planned ({@link Backbone}), then each part on its own and
 * at the same time as others, with what the backbone uses of its resources taken off and what the
 * backbone brings coming in ({@link PartProblem}). The schedule is all of them together.
 *
 * <p>What is small, is not divided by its network, or weighs more than the makespan is planned as a
 * whole; so is what one of the parts finds no schedule for.
 */
public final class PartsSolver implements Solver {
  private final PartsConfig config;
  private final Solver inner;
  private final int threads;

  /**
   * @param inner plans the whole, the backbone and each part; callable from several threads
   * @param threads so many parts are planned at the same time
   */
  public PartsSolver(PartsConfig config, Solver inner, int threads) {
    this.config = config;
    this.inner = inner;
    this.threads = threads;
  }

  @Override
  public String name() {
    return "parts";
  }

  @Override
  public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
    Stop stop = new Stop(limits, monitor);
    Problem problem = task.problem();
    boolean divisible =
        problem.objective().isMakespanAlone()
            && problem.network().hosts().size() >= config.leastHosts();
    List<Set<String>> parts = divisible ? Division.of(problem, config) : List.of();
    Bound bound = parts.size() < 2 ? null : task.bound();
    List<Copy> copies =
        bound == null || bound.seconds() == 0
            ? null
            : copies(problem, parts, bound.seconds(), limits, stop, monitor);
    if (copies == null || bound == null) {
      return inner.solve(task, within(limits, Math.max(0.001, stop.leftSeconds())), monitor);
    }
    Figures figures = ScheduleChecker.figures(problem, copies);
    Schedule schedule =
        new Schedule(
            problem.name(),
            name(),
            figures.makespan(),
            bound.seconds(),
            figures.cost(),
            figures.score(),
            stop.elapsedSeconds(),
            copies);
    monitor.found(schedule);
    return new Solution.Planned(schedule, bound);
  }

  private static SolveLimits within(SolveLimits limits, double seconds) {
    return new SolveLimits(
        Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9))),
        limits.gap(),
        limits.seed(),
        limits.handOverSeconds());
  }

  /** The copies of all parts and of the backbone; null where one of them has no schedule. */
  private @Nullable List<Copy> copies(
      Problem problem,
      List<Set<String>> parts,
      double bound,
      SolveLimits limits,
      Stop stop,
      SolveMonitor monitor) {
    SolveMonitor quiet = monitor.quietly();
    Backbone.Question backbone = Backbone.of(problem, parts, config, bound);
    List<Copy> between = List.of();
    if (!backbone.problem().demands().isEmpty()) {
      double seconds = config.backboneShare() * stop.leftSeconds();
      // Whatever its copies use of a resource may count as used from the start: so few long ones.
      SolveLimits few = SolveLimits.forHosts(limits.timeLimit(), limits.gap());
      Solution solution = inner.solve(backbone.problem(), within(few, seconds), quiet);
      if (!(solution instanceof Solution.Planned p)) {
        monitor.note("the backbone has no schedule: planned as a whole");
        return null;
      }
      between = backbone.copies(p.schedule().copies());
    }
    PartProblem.Shares shares = new PartProblem.Shares(problem, parts);
    double rounds = Math.ceil(parts.size() / (double) threads);
    SolveLimits each = within(limits, config.partsShare() * stop.leftSeconds() / rounds);
    List<Callable<Solution>> runs = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      int index = i;
      List<Copy> known = between;
      runs.add(
          () -> {
            Problem part = PartProblem.of(problem, parts, index, shares, known);
            return inner.solve(part, enough(each, part, bound), quiet);
          });
    }
    List<Copy> copies = new ArrayList<>(between);
    for (Solution s : atOnce(runs)) {
      if (!(s instanceof Solution.Planned p)) {
        monitor.note("a part has no schedule: planned as a whole");
        return null;
      }
      copies.addAll(p.schedule().copies());
    }
    return copies;
  }

  /** A part need not be done before the whole can be, whatever is possible there. */
  private static SolveLimits enough(SolveLimits limits, Problem part, double bound) {
    double own = LowerBound.of(part).seconds();
    double gap = own > 0 ? bound * (1 + limits.gap()) / own - 1 : limits.gap();
    return new SolveLimits(
        limits.timeLimit(), Math.max(limits.gap(), gap), limits.seed(), limits.handOverSeconds());
  }

  private List<Solution> atOnce(List<Callable<Solution>> runs) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            run -> {
              Thread thread = new Thread(run, "part");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Solution> solutions = new ArrayList<>();
      for (Future<Solution> f : pool.invokeAll(runs)) {
        solutions.add(f.get());
      }
      return solutions;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(new Solution.GaveUp("interrupted"));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a part of the problem could not be planned", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
