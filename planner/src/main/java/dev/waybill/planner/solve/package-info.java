/** Solvers of the planner: what is asked of one, what it answers, and which there are. */
@NullMarked
package dev.waybill.planner.solve;

import org.jspecify.annotations.NullMarked;
