/** The greedy solver: an event-driven list scheduler and a packer of pipelined trees. */
@NullMarked
package dev.waybill.planner.solve.greedy;

import org.jspecify.annotations.NullMarked;
