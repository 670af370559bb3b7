/** The sending side of the executor's data plane: block streams that follow the data, paced. */
@NullMarked
package dev.waybill.executor.serve;

import org.jspecify.annotations.NullMarked;
