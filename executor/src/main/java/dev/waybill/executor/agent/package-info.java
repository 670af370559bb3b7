/** The pure core of the executor: events in, effects out; no I/O, no threads, no clock. */
@NullMarked
package dev.waybill.executor.agent;

import org.jspecify.annotations.NullMarked;
