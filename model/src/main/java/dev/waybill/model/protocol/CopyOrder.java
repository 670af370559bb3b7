package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.FileId;

/**
 * Part of the protocol: an instruction to a host to fetch blocks from another one.
 *
 * @param id unique among all copies that any master of this catalogue has ever ordered
 * @param from the host to fetch from
 * @param address {@code HOST:PORT} of that host's executor
 * @param first the first block
 * @param last the last block, at least {@code first}
 * @param rate bytes per second that have been allocated to it
 */
public record CopyOrder(
    long id, FileId file, String from, String address, int first, int last, double rate) {}
