/** The fractional packing of distribution trees: how fast blocks that were a fluid could spread. */
@NullMarked
package dev.waybill.planner.packing;

import org.jspecify.annotations.NullMarked;
