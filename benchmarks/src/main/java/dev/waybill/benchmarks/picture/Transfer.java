package dev.waybill.benchmarks.picture;

import dev.waybill.model.schedule.Copy;

/**
 * A copy of the schedule that is drawn, with its hosts by index.
 *
 * @param end seconds
 */
record Transfer(Copy copy, int from, int to, double end, boolean inProgress) {}
