package dev.waybill.planner.solve;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;

/**
 * A solver of the planner whose every schedule has passed the checker: one that breaks a constraint
 * is withheld and reported as the defect that it is.
 */
final class CheckedSolver implements Solver {
  private final Solver solver;

  CheckedSolver(Solver solver) {
    this.solver = solver;
  }

  @Override
  public String name() {
    return solver.name();
  }

  @Override
  public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
    Problem problem = task.problem();
    Solution solution = solver.solve(task, limits, monitor);
    if (solution instanceof Solution.Planned planned) {
      Verdict verdict = ScheduleChecker.check(problem, planned.schedule());
      if (!verdict.valid()) {
        return new Solution.Defective(
            String.format(
                "solver %s made a schedule of %s with %d violations, the first: %s",
                name(), problem.name(), verdict.violationCount(), verdict.violations().get(0)));
      }
    }
    return solution;
  }
}
