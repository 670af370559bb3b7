/** A problem with numbers in place of names: what solvers and bounds compute on. */
@NullMarked
package dev.waybill.planner.indexed;

import org.jspecify.annotations.NullMarked;
