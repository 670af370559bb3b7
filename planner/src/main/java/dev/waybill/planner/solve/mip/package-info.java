/** Trees of least price and their choice with integer programs of OR-Tools; the cost frontier. */
@NullMarked
package dev.waybill.planner.solve.mip;

import org.jspecify.annotations.NullMarked;
