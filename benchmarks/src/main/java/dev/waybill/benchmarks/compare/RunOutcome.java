package dev.waybill.benchmarks.compare;

import dev.waybill.benchmarks.picture.Picture;
import org.jspecify.annotations.Nullable;

/**
 * What a runner of a comparison brings back.
 *
 * @param picture of the schedule, where there is one and it was asked for
 */
public record RunOutcome(RunResult result, @Nullable Picture picture) {}
