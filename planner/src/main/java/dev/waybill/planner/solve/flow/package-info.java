/** The flow solver: forests of few constant-rate trees, guided by the fractional packing. */
@NullMarked
package dev.waybill.planner.solve.flow;

import org.jspecify.annotations.NullMarked;
