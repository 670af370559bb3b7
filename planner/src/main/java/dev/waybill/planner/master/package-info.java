/** The master's core: a pure state machine, events in, effects out; no clock, no thread, no I/O. */
@NullMarked
package dev.waybill.planner.master;

import org.jspecify.annotations.NullMarked;
