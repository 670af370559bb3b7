/** Schedules that have been made, kept by the fingerprint of the problem that they solve. */
@NullMarked
package dev.waybill.planner.cache;

import org.jspecify.annotations.NullMarked;
