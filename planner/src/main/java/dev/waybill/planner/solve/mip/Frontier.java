package dev.waybill.planner.solve.mip;

import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Figures;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Reachability;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.greedy.GreedyStart;
import dev.waybill.planner.solve.mip.TreeSearch.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The planner's frontier of time and cost: the cheapest schedules that the MIP solver's trees give
 * for makespans between that of the fastest and that of the cheapest, whatever the problem's
 * objective says.
 */
public final class Frontier {
  private static final String SOLVER = "mip";
  private static final double SAME = 1e-9;

  private final Problem problem;
  private final IndexedProblem indexed;
  private final MipConfig config;
  private final Stop stop;
  private final Bound bound;
  private final List<Candidate> candidates = new ArrayList<>();

  /** What came of it. */
  public sealed interface Answer {}

  /** Points by rising makespan and falling cost, at least one. */
  public record Points(List<Point> points, Bound bound) implements Answer {
    public Points {
      points = List.copyOf(points);
    }
  }

  /** There is none. */
  public record None(Solution because) implements Answer {}

  /**
   * One schedule of the frontier.
   *
   * @param leastCost proven: no schedule that takes no longer costs less; 0 where nothing is proven
   */
  public record Point(Schedule schedule, double leastCost) {}

  private record Candidate(List<Copy> copies, Figures figures) {}

  private record Budget(double seconds, double leastCost) {}

  private Frontier(Problem problem, IndexedProblem indexed, MipConfig config, Stop stop) {
    this.problem = problem;
    this.indexed = indexed;
    this.config = config;
    this.stop = stop;
    this.bound = LowerBound.of(indexed);
  }

  /**
   * Plans it.
   *
   * @param points how many makespans are tried, at least 2; fewer schedules come of it where one is
   *     the best for several
   */
  public static Answer of(Problem problem, int points, SolveLimits limits, SolveMonitor monitor) {
    Stop stop = new Stop(limits, monitor);
    IndexedProblem indexed = new IndexedProblem(problem);
    Solution.Infeasible obstacle = Reachability.obstacle(indexed);
    if (obstacle != null) {
      return new None(obstacle);
    }
    MipConfig config = MipConfig.standard();
    List<Terrain> terrains = TreeSearch.terrains(indexed);
    String beyond = MipSolver.beyond(terrains, config);
    if (beyond != null) {
      return new None(new Solution.Unsupported(beyond));
    }
    Frontier frontier = new Frontier(problem, indexed, config, stop);
    return frontier.plan(terrains, points, limits, monitor);
  }

  private Answer plan(
      List<Terrain> terrains, int points, SolveLimits limits, SolveMonitor monitor) {
    startFromGreedy(limits, monitor);
    List<Budget> budgets = new ArrayList<>();
    if (!terrains.isEmpty() && Program.load(stop)) {
      TreeSearch search = new TreeSearch(indexed, terrains, bound.seconds(), config, stop);
      Goal fastest = new Goal(1, 0, bound.seconds(), Double.POSITIVE_INFINITY);
      search.plan(fastest, span(points + 2), this::keep, stop::now);
      double leastCost = search.leastCost();
      search.planCheapest(leastCost, span(points + 1), this::keep, stop::now);
      double from = candidates.stream().mapToDouble(c -> c.figures.makespan()).min().orElse(0);
      double to = makespanOf(cheapest(Double.POSITIVE_INFINITY));
      for (int i = 0; i + 1 < points && from > 0; i++) {
        double seconds = from * Math.pow(to / from, i / (points - 1.0));
        Goal goal = new Goal(0, 1, bound.seconds(), seconds);
        double least = search.plan(goal, span(points - i), this::keep, stop::now);
        budgets.add(budget(seconds, least, search));
      }
      budgets.add(budget(to, leastCost * (1 - SAME), search));
    } else {
      budgets.add(new Budget(Double.POSITIVE_INFINITY, 0));
    }
    List<Point> chosen = chosen(budgets);
    return chosen.isEmpty()
        ? new None(new Solution.GaveUp("no schedule found in that time"))
        : new Points(chosen, bound);
  }

  private static Budget budget(double seconds, double leastCost, TreeSearch search) {
    return new Budget(seconds, search.provesAll() ? Math.max(0, leastCost) : 0);
  }

  private static double makespanOf(@Nullable Candidate candidate) {
    return candidate == null ? 0 : candidate.figures.makespan();
  }

  private Span span(int parts) {
    return Span.of(stop, 1.0 / parts, config.packingShare());
  }

  private void startFromGreedy(SolveLimits limits, SolveMonitor monitor) {
    Problem fast = problem.with(problem.inProgress(), Objective.MAKESPAN);
    Incumbent incumbent =
        new Incumbent(SOLVER, new IndexedProblem(fast), bound, limits, SolveMonitor.NONE, stop);
    GreedyStart.offer(new Task(fast), limits, stop, config.greedyShare(), monitor, incumbent);
    if (incumbent.solution("") instanceof Solution.Planned planned) {
      keep(planned.schedule().copies());
    }
  }

  private void keep(List<Copy> copies) {
    if (ScheduleChecker.check(problem, copies).valid()) {
      candidates.add(new Candidate(copies, ScheduleChecker.figures(problem, copies)));
    }
  }

  /** The cheapest that takes no longer, of those the fastest. */
  private @Nullable Candidate cheapest(double seconds) {
    Candidate best = null;
    for (Candidate c : candidates) {
      if (c.figures.makespan() <= seconds * (1 + SAME)) {
        best = best == null || isBetter(c, best) ? c : best;
      }
    }
    return best;
  }

  private static boolean isBetter(Candidate a, Candidate b) {
    double difference = a.figures.cost() - b.figures.cost();
    return Math.abs(difference) <= SAME * b.figures.cost()
        ? a.figures.makespan() < b.figures.makespan()
        : difference < 0;
  }

  /** The best for each budget, the tightest first, as long as it is cheaper than those before. */
  private List<Point> chosen(List<Budget> budgets) {
    List<Point> points = new ArrayList<>();
    double cost = Double.POSITIVE_INFINITY;
    for (Budget budget : budgets) {
      Candidate best = cheapest(budget.seconds());
      if (best != null && best.figures.cost() < cost - SAME * Math.min(cost, Double.MAX_VALUE)) {
        cost = best.figures.cost();
        points.add(new Point(schedule(best), budget.leastCost()));
      }
    }
    return points;
  }

  private Schedule schedule(Candidate of) {
    return new Schedule(
        problem.name(),
        SOLVER,
        of.figures.makespan(),
        bound.seconds(),
        of.figures.cost(),
        of.figures.score(),
        stop.elapsedSeconds(),
        of.copies);
  }
}
