/** The choice that is left to the planner: several solvers side by side, the best schedule wins. */
@NullMarked
package dev.waybill.planner.solve.portfolio;

import org.jspecify.annotations.NullMarked;
