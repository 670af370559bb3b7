/** JMH benchmarks of what planning runs and the master's answers spend their time on. */
@NullMarked
package dev.waybill.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
