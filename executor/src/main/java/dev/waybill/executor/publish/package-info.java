/** The generator: cuts a file into checksummed blocks and hands them to the first hosts. */
@NullMarked
package dev.waybill.executor.publish;

import org.jspecify.annotations.NullMarked;
