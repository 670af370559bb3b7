/** Partitioned planning: parts of the network are planned on their own, at the same time. */
@NullMarked
package dev.waybill.planner.solve.parts;

import org.jspecify.annotations.NullMarked;
