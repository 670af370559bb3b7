/** The client of the master's API, for executors, publishers and commands. */
@NullMarked
package dev.waybill.runtime.client;

import org.jspecify.annotations.NullMarked;
