package dev.waybill.planner.solve.portfolio;

import dev.waybill.model.schedule.Objective;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.List;

/**
 * What the planner's portfolio looks at to choose its solvers: size, structure and objective.
 *
 * @param transfers blocks that have to be sent, each to each of its needers
 * @param classes of blocks that the same hosts hold and need
 */
public record Traits(int hosts, int locations, long transfers, int classes, Objective objective) {
  static Traits of(IndexedProblem problem) {
    List<BlockClass> classes = BlockClass.of(problem);
    return new Traits(
        problem.hosts(),
        problem.locations(),
        classes.stream().mapToLong(c -> (long) c.blocks() * c.needers().length).sum(),
        classes.size(),
        problem.problem.objective());
  }
}
