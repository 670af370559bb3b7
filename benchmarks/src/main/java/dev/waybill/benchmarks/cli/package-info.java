/** The commands of the benchmarks' process. */
@NullMarked
package dev.waybill.benchmarks.cli;

import org.jspecify.annotations.NullMarked;
