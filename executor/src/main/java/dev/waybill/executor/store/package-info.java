/**
 * The block store of the executor: crash-safe, verified, and the place where finished files appear.
 */
@NullMarked
package dev.waybill.executor.store;

import org.jspecify.annotations.NullMarked;
