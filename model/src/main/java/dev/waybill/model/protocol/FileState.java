package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;

/**
 * Part of the protocol: what a host has of a file version.
 *
 * @param held the blocks that it has verified and stored, so that they outlive a crash
 * @param prefixLength bytes from the file's beginning that are held without a gap
 * @param missing how many of the blocks that it knows of it must still obtain: those of its file
 *     set less those that it holds
 * @param published whether the whole file is at its place for others to use
 */
public record FileState(
    FileId file, BlockSet held, long prefixLength, int missing, boolean published) {}
