/** The master's rim: its API over HTTP, its thread, its solver's thread. */
@NullMarked
package dev.waybill.planner.http;

import org.jspecify.annotations.NullMarked;
