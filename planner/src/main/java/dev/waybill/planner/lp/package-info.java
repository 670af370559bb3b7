/** Linear programs, solved by OR-Tools: the only place outside of solvers that knows its types. */
@NullMarked
package dev.waybill.planner.lp;

import org.jspecify.annotations.NullMarked;
