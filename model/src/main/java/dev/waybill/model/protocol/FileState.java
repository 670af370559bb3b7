package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: what a host has of a file version.
 *
 * @param held the blocks that it has verified and stored, so that they outlive a crash
 * @param prefixLength bytes from the file's beginning that are held without a gap
 * @param missing how many of the blocks that it knows of it must still obtain: those of its file
 *     set less those that it holds
 * @param published whether the whole file is at its place for others to use
 * @param refusal why the host does not take what the master says its blocks are, one line; null
 *     where it does
 */
public record FileState(
    FileId file,
    BlockSet held,
    long prefixLength,
    int missing,
    boolean published,
    @Nullable String refusal) {
  private static final int MAX_REFUSAL = 500;

  public FileState {
    refusal = refusal == null ? null : OneLine.of(refusal, MAX_REFUSAL);
  }

  /** Without a refusal. */
  public FileState(FileId file, BlockSet held, long prefixLength, int missing, boolean published) {
    this(file, held, prefixLength, missing, published, null);
  }
}
