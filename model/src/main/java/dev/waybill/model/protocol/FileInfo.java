package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.FileId;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: what the master tells a host about a file version that concerns it.
 *
 * @param blockSize bytes of every block but the last
 * @param knownBlocks how many blocks have been made so far, so that their checksums can be fetched
 * @param size bytes of the whole file once the last block has been made; null while it grows
 * @param wanted whether the file is in the host's file set
 * @param origin whether the publisher hands its blocks to this host
 */
public record FileInfo(
    FileId file,
    long blockSize,
    int knownBlocks,
    @Nullable Long size,
    boolean wanted,
    boolean origin) {

  /** Whether the last block has been made. */
  public boolean complete() {
    return size != null;
  }
}
