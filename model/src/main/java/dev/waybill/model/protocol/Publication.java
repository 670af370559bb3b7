package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: what the master knows of a version that is being published.
 *
 * @param knownBlocks how many blocks have been announced
 * @param size bytes of the whole file once the last block has been announced; null before
 * @param finalRequested whether somebody has said that the file does not grow any more
 * @param origins the hosts to hand blocks to
 */
public record Publication(
    FileId file,
    long blockSize,
    int knownBlocks,
    @Nullable Long size,
    boolean finalRequested,
    List<Origin> origins) {
  public Publication {
    origins = List.copyOf(origins);
  }

  /**
   * A host that is given the blocks by the publisher.
   *
   * @param address {@code HOST:PORT} of its executor; null while it has not reported
   * @param held the blocks that it has reported
   */
  public record Origin(String host, @Nullable String address, BlockSet held) {}
}
