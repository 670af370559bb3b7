/** The comparison of solvers on instance files: runs, cells, and the document of both. */
@NullMarked
package dev.waybill.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
