/** The commands of the planner, and where the master is wired together. */
@NullMarked
package dev.waybill.planner.cli;

import org.jspecify.annotations.NullMarked;
