package dev.waybill.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.Topology;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.planner.solve.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run comes to that is cancelled, whatever its solver is like. */
@Timeout(60)
class PlanRunTest {
  private static final Problem PROBLEM = Topology.t1().spread(16, 1 << 20);

  private static Schedule greedy() {
    Solution solution =
        Solvers.named("greedy").solve(PROBLEM, SolveLimits.standard(), SolveMonitor.NONE);
    return ((Solution.Planned) solution).schedule();
  }

  /** Tells of a schedule, if any, has the run cancelled, and goes on for longer than is waited. */
  private static final class Deaf implements Solver {
    private final List<Schedule> found;
    private Runnable cancel = () -> {};

    Deaf(List<Schedule> found) {
      this.found = found;
    }

    @Override
    public String name() {
      return "deaf";
    }

    @Override
    public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
      found.forEach(monitor::found);
      cancel.run();
      try {
        Thread.sleep(600_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Solution.GaveUp("late");
    }
  }

  private static Solution cancelled(Schedule... found) throws InterruptedException {
    Deaf solver = new Deaf(List.of(found));
    PlanRun run = new PlanRun(solver, SolveLimits.standard());
    solver.cancel = run::cancel;
    return run.solve(PROBLEM);
  }

  @Test
  void hasTheBestPlanSoFarThoughTheSolverDoesNotStop() throws InterruptedException {
    Schedule schedule = greedy();
    Solution solution = cancelled(schedule);
    assertThat(solution).isInstanceOf(Solution.Planned.class);
    assertThat(((Solution.Planned) solution).schedule()).isEqualTo(schedule);
    assertThat(((Solution.Planned) solution).bound().seconds()).isPositive();
  }

  @Test
  void hasNoneWhereTheSolverHasFoundNone() throws InterruptedException {
    assertThat(cancelled()).isInstanceOf(Solution.GaveUp.class);
  }

  @Test
  void doesNotBelieveWhatBreaksAConstraint() throws InterruptedException {
    Schedule s = greedy();
    Schedule short1 =
        new Schedule(
            s.instance(),
            s.solver(),
            s.makespan(),
            s.lowerBound(),
            s.cost(),
            s.score(),
            s.solveSeconds(),
            s.copies().subList(1, s.copies().size()));
    assertThat(cancelled(short1)).isInstanceOf(Solution.Defective.class);
  }

  @Test
  void endsAtOnceWhereItWasCancelledBefore() throws InterruptedException {
    PlanRun run = new PlanRun(Solvers.named("greedy"), SolveLimits.standard());
    run.cancel();
    assertThat(run.solve(Topology.uploadTight(200, 10, 1).spread(200, 1 << 20)))
        .isInstanceOf(Solution.GaveUp.class);
  }

  @Test
  void saysWhatTheSolverSaysWhereNobodyCancels() throws InterruptedException {
    PlanRun run = new PlanRun(Solvers.named("greedy"), SolveLimits.standard());
    assertThat(run.solve(PROBLEM)).isInstanceOf(Solution.Planned.class);
    assertThat(run.state().fraction()).isEqualTo(1);
    assertThat(run.state().text()).contains("makespan");
  }
}
