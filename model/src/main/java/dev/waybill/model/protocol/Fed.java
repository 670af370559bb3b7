package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.BlockSet;

/**
 * Part of the protocol: an origin's answer to blocks that the publisher has handed to it.
 *
 * @param stored those of the blocks handed over, all verified and durable now
 * @param awaited blocks that copies from here wait for: they are best handed over next
 */
public record Fed(BlockSet stored, BlockSet awaited) {}
