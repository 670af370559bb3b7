/** One sender and one receiver on this machine, beside a web server and its client. */
@NullMarked
package dev.waybill.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
