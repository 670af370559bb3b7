/** The commands of the executor's jar. */
@NullMarked
package dev.waybill.executor.cli;

import org.jspecify.annotations.NullMarked;
