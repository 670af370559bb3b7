package dev.waybill.planner.solve.portfolio;

import dev.waybill.model.schedule.Objective;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.SolveLimits;
import java.time.Duration;
import java.util.List;

/**
 * What the planner's portfolio looks at to choose its solvers: size, structure and objective.
 *
 * @param transfers blocks that have to be sent, each to each of its needers
 * @param classes of blocks that the same hosts hold and need
 * @param haste whether somebody waits for the schedule: hosts that are to carry it out ({@link
 *     SolveLimits#forHosts}), or whoever has set a time limit below a second
 */
public record Traits(int hosts, long transfers, int classes, Objective objective, boolean haste) {
  /** Time limits below it are for people who want any plan, now. */
  static final Duration BRIEF = Duration.ofSeconds(1);

  static Traits of(IndexedProblem problem, SolveLimits limits) {
    List<BlockClass> classes = BlockClass.of(problem);
    return new Traits(
        problem.hosts(),
        classes.stream().mapToLong(c -> (long) c.blocks() * c.needers().length).sum(),
        classes.size(),
        problem.problem.objective(),
        limits.isForHosts() || limits.timeLimit().compareTo(BRIEF) < 0);
  }
}
