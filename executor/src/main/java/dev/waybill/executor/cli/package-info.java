/** The command line of what runs on every host: the executor, the generator and the clients. */
@NullMarked
package dev.waybill.executor.cli;

import org.jspecify.annotations.NullMarked;
