/**
 * OR-Tools as the planner uses it: its native libraries, linear programs, and how engines are run
 * and stopped.
 */
@NullMarked
package dev.waybill.planner.lp;

import org.jspecify.annotations.NullMarked;
