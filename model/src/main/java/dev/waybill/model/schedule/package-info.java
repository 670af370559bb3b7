/**
 * Problems and schedules: what has to be moved, which copies move it, and whether they keep every
 * constraint.
 */
@NullMarked
package dev.waybill.model.schedule;

import org.jspecify.annotations.NullMarked;
