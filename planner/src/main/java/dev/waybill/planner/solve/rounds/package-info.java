/** Plans in rounds for hosts that are all equal: the least possible number of rounds. */
@NullMarked
package dev.waybill.planner.solve.rounds;

import org.jspecify.annotations.NullMarked;
