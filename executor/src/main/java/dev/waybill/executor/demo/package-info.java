/** The demonstration: a master and its executors as processes on this machine, and a race. */
@NullMarked
package dev.waybill.executor.demo;

import org.jspecify.annotations.NullMarked;
