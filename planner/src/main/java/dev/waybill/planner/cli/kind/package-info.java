/** The kinds of the command {@code import}: its options, handed to what makes instances. */
@NullMarked
package dev.waybill.planner.cli.kind;

import org.jspecify.annotations.NullMarked;
