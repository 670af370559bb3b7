/** Everything that is measured or run whole. */
@NullMarked
package dev.waybill.benchmarks;

import org.jspecify.annotations.NullMarked;
