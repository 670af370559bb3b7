package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question of the master's core to a solver.
 *
 * @param number counts the questions of this term
 * @param askedAt seconds by the master's clock; time 0 of the problem
 * @param network as the core has it; the problem's is without what can't be used now
 * @param files which version each file of the problem is
 * @param lacking what of the demanded files can't be had at the moment, a line each
 * @param ending copies that run and that the problem does not have: they are ended where the answer
 *     is put in force, so that what they have yet to bring is planned anew
 * @param kept copies of the schedule in force that stay, and that the problem has in progress: the
 *     answer is to be added to them; null where the answer takes the place of that schedule
 * @param ahead whether it is asked before its time 0, so that the answer is there then
 */
public record PlanRequest(
    long number,
    double askedAt,
    Problem problem,
    Network network,
    Map<String, FileId> files,
    List<String> lacking,
    boolean ahead,
    Set<Long> ending,
    @Nullable List<Traffic.Planned> kept) {
  public PlanRequest {
    files = Map.copyOf(files);
    lacking = List.copyOf(lacking);
    ending = Set.copyOf(ending);
    kept = kept == null ? null : List.copyOf(kept);
  }

  /** The blocks of the file that a copy of the problem, or of a schedule of it, brings. */
  BlockLayout layout(Copy copy) {
    return Objects.requireNonNull(problem.files().get(copy.file()), copy.file()).layout();
  }

  /** Whether what runs is sound also without an answer. */
  boolean isOptional() {
    return ahead || !ending.isEmpty();
  }
}
