/** The solver that lets OptaPlanner improve trees. OptaPlanner's types stay in here. */
@NullMarked
package dev.waybill.planner.solve.optaplanner;

import org.jspecify.annotations.NullMarked;
