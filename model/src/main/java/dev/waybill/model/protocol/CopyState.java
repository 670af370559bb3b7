package dev.waybill.model.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: a copy that a host is carrying out.
 *
 * @param order as it was given, so that a master that has restarted knows what it has allocated
 * @param next the first block that the host lacks; one past the last where it holds all
 * @param waitsFor the block for which the sender has last said that it waits for it itself; null
 *     where it sends, or has said nothing yet
 */
public record CopyState(CopyOrder order, int next, @Nullable Integer waitsFor) {
  /** Of a copy whose sender does not say that it waits. */
  public CopyState(CopyOrder order, int next) {
    this(order, next, null);
  }
}
