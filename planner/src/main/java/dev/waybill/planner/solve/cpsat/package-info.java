/** Exact time-expanded plans of small problems with OR-Tools CP-SAT. */
@NullMarked
package dev.waybill.planner.solve.cpsat;

import org.jspecify.annotations.NullMarked;
