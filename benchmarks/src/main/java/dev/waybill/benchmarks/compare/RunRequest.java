package dev.waybill.benchmarks.compare;

import dev.waybill.planner.solve.SolveLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run that a comparison asks for.
 *
 * @param schedule where the schedule is to be written; null: nowhere
 * @param pictured whether its picture is wanted too
 */
public record RunRequest(
    Path instance, String solver, SolveLimits limits, @Nullable Path schedule, boolean pictured) {
  /** How long after its time limit a solver is waited for before it is ended from outside. */
  Duration patience() {
    Duration limit = limits.timeLimit();
    return limit.plus(limit.dividedBy(2)).plusSeconds(30);
  }
}
