/** Folders and files that a benchmark needs while it runs. */
@NullMarked
package dev.waybill.benchmarks.scratch;

import org.jspecify.annotations.NullMarked;
