/** JMH benchmarks of what planning runs spend their time on. */
@NullMarked
package dev.waybill.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
