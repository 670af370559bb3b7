/** Load on a real master: how it answers many simulated executors, and how fast it starts. */
@NullMarked
package dev.waybill.benchmarks.load;

import org.jspecify.annotations.NullMarked;
