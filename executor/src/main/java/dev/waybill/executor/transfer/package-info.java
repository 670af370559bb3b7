/**
 * Receiving: streams of blocks from other hosts and from the publisher, verified as they arrive.
 */
@NullMarked
package dev.waybill.executor.transfer;

import org.jspecify.annotations.NullMarked;
