package dev.waybill.model.protocol;

/**
 * Part of the protocol: a copy that a host is carrying out.
 *
 * @param order as it was given, so that a master that has restarted knows what it has allocated
 * @param next the first block that the host lacks; one past the last where it holds all
 */
public record CopyState(CopyOrder order, int next) {}
