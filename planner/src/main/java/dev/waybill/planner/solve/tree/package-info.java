/** Pipelined trees: few trees of constant rate, with one long copy for each edge. */
@NullMarked
package dev.waybill.planner.solve.tree;

import org.jspecify.annotations.NullMarked;
