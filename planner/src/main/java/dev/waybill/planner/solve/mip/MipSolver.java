package dev.waybill.planner.solve.mip;

import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.greedy.GreedyStart;
import dev.waybill.planner.solve.mip.TreeSearch.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The planner's solver with integer programs: minimum-cost Steiner trees for the cost of a
 * schedule, and the choice of few pipelined trees for makespan and mixtures. What it generates
 * trees by also proves bounds of the score for every schedule. It starts from the greedy solver's
 * schedule and returns that where it finds none that is better.
 *
 * <p>Weighted completions and lateness count as if all demands were met with the last.
 */
public final class MipSolver implements Solver {
  private final MipConfig config;

  public MipSolver(MipConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "mip";
  }

  @Override
  public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
    Stop stop = new Stop(limits, monitor);
    IndexedProblem indexed = task.indexed();
    Solution.Infeasible obstacle = task.obstacle();
    if (obstacle != null) {
      return obstacle;
    }
    List<Terrain> terrains = TreeSearch.terrains(indexed);
    String beyond = beyond(terrains, config);
    if (beyond != null) {
      return new Solution.Unsupported(beyond);
    }
    Bound bound = task.bound();
    Incumbent incumbent = new Incumbent(name(), indexed, bound, limits, monitor, stop);
    GreedyStart.offer(task, limits, stop, config.greedyShare(), monitor, incumbent);
    if (!terrains.isEmpty() && !incumbent.done() && Program.load(stop)) {
      TreeSearch search = new TreeSearch(indexed, terrains, bound.seconds(), config, stop);
      run(search, task.problem(), incumbent, stop);
    }
    return incumbent.solution("mip found no trees with room for all that has to pass");
  }

  /** Why the problem is none for trees, or null where it is one. */
  static @Nullable String beyond(List<Terrain> terrains, MipConfig config) {
    if (terrains.size() > config.mostClasses()) {
      return "its blocks are of "
          + terrains.size()
          + " kinds by who has and who needs them; mip takes on "
          + config.mostClasses();
    }
    for (Terrain t : terrains) {
      if (!t.isConnected()) {
        return "some blocks reach whoever needs them only from hosts that have a part of them, or"
            + " are still being sent them, or through relays with little storage";
      }
      if (t.arcs().size() > config.mostArcs()) {
        return "there are "
            + t.arcs().size()
            + " ways from host to host; mip takes on "
            + config.mostArcs();
      }
    }
    return null;
  }

  private void run(TreeSearch search, Problem problem, Incumbent incumbent, Stop stop) {
    Objective objective = problem.objective();
    Span span = Span.of(stop, 1, config.packingShare());
    double perSecond = perSecond(problem);
    double leastCost = objective.cost() > 0 ? search.leastCost() : 0;
    if (search.provesAll() && leastCost > 0) {
      Bound bound = incumbent.bound();
      prove(
          incumbent,
          bound.seconds(),
          objective.score(bound.seconds(), 0, leastCost * (1 - 1e-9), 0),
          "no trees cost less than " + leastCost);
    }
    if (perSecond == 0) {
      search.planCheapest(leastCost, span, incumbent::offer, incumbent::done);
      return;
    }
    Goal goal =
        new Goal(
            perSecond, objective.cost(), incumbent.bound().seconds(), Double.POSITIVE_INFINITY);
    double least = search.plan(goal, span, incumbent::offer, incumbent::done);
    if (search.provesAll() && perSecond == objective.makespan()) {
      double seconds = objective.cost() == 0 ? least / perSecond : 0;
      prove(incumbent, seconds, least, "no packing of trees is faster");
    }
  }

  private static void prove(Incumbent incumbent, double seconds, double score, String because) {
    Bound bound = incumbent.bound();
    incumbent.prove(
        new Bound(
            Math.max(seconds, bound.seconds()),
            Math.max(score, bound.score()),
            seconds > bound.seconds() ? because : bound.because(),
            bound.bottlenecks()));
  }

  /** What a second of makespan counts, if all demands are met at once. */
  private static double perSecond(Problem problem) {
    Objective objective = problem.objective();
    double perSecond = objective.makespan();
    for (Demand d : problem.demands()) {
      perSecond += objective.weightedCompletion() * d.weight();
      perSecond += d.deadline() == null ? 0 : objective.lateness() * d.weight();
    }
    return perSecond;
  }
}
