package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.schedule.Problem;
import java.util.List;
import java.util.Map;

/**
 * A question of the master's core to a solver.
 *
 * @param number counts the questions of this term
 * @param askedAt seconds by the master's clock; time 0 of the problem
 * @param files which version each file of the problem is
 * @param lacking what of the demanded files can't be had at the moment, a line each
 */
public record PlanRequest(
    long number, double askedAt, Problem problem, Map<String, FileId> files, List<String> lacking) {
  public PlanRequest {
    files = Map.copyOf(files);
    lacking = List.copyOf(lacking);
  }
}
