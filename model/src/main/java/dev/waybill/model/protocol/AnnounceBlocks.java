package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestSignature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: a publisher has made blocks. Announcing a known block again with the same
 * checksum changes nothing.
 *
 * @param from the block that the first checksum is of, at most the number of blocks that are known
 * @param checksums of consecutive blocks; may be empty where only the end is told
 * @param finalSize bytes of the whole file where the last block is among these or known already;
 *     null where more will come
 * @param signature of all blocks up to the last of these; null where the publisher does not sign
 */
public record AnnounceBlocks(
    FileId file,
    int from,
    List<Checksum> checksums,
    @Nullable Long finalSize,
    @Nullable ManifestSignature signature) {
  public AnnounceBlocks {
    checksums = List.copyOf(checksums);
  }

  /** Without a signature. */
  public AnnounceBlocks(FileId file, int from, List<Checksum> checksums, @Nullable Long finalSize) {
    this(file, from, checksums, finalSize, null);
  }
}
