/** What benchmarks need of the machine: files, ports, processes and what these have used. */
@NullMarked
package dev.waybill.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
