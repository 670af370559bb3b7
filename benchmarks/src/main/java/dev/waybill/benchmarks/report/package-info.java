/** What a comparison prints and writes: table, CSV, JSON, and a page with charts. */
@NullMarked
package dev.waybill.benchmarks.report;

import org.jspecify.annotations.NullMarked;
