package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestSignature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: checksums of consecutive blocks of a file version.
 *
 * @param from the block that the first checksum is of
 * @param size bytes of the whole file once its last block has been made; null while it grows
 * @param signature the newest one, of all blocks that it covers and not of this page alone; null
 *     where the publisher does not sign
 */
public record ManifestPage(
    FileId file,
    long blockSize,
    int from,
    List<Checksum> checksums,
    @Nullable Long size,
    @Nullable ManifestSignature signature) {
  public ManifestPage {
    checksums = List.copyOf(checksums);
  }

  /** Without a signature. */
  public ManifestPage(
      FileId file, long blockSize, int from, List<Checksum> checksums, @Nullable Long size) {
    this(file, blockSize, from, checksums, size, null);
  }
}
