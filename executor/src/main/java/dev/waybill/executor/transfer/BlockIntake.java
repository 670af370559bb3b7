package dev.waybill.executor.transfer;

import dev.waybill.executor.store.BlockWriter;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes blocks of one file off a stream and into the block store, wherever the stream comes from.
 * One for each stream; the bytes go to the disk and through the hash from the buffer that they
 * arrived in.
 */
public final class BlockIntake {
  private static final long CHECKSUM_SLICE_MILLIS = 500;
  private static final int CHECKSUM_SLICES = 60;

  private final StoredFile file;
  private final ManifestCall manifest;
  private final BooleanSupplier abandoned;
  private final MessageDigest digest = Checksum.newDigest();

  /**
   * @param manifest is told when a block waits for its checksum
   * @param abandoned whether nobody wants the stream's blocks any more
   */
  public BlockIntake(StoredFile file, ManifestCall manifest, BooleanSupplier abandoned) {
    this.file = file;
    this.manifest = manifest;
    this.abandoned = abandoned;
  }

  /** Who is told that a block's checksum is missing. */
  @FunctionalInterface
  public interface ManifestCall {
    void wanted(FileId file, int block);
  }

  /** What has become of a block. */
  public enum Result {
    /** It is right, and will be durable soon. */
    STORED,
    /** It was held before; its bytes have been thrown away. */
    HELD_ALREADY,
    /** It is not what the manifest says, and is not held. */
    DIFFERS,
    /** Nobody has said in time what its checksum is, or nobody who is believed; it is not held. */
    NO_CHECKSUM
  }

  /**
   * Reads the bytes of a block, which come next in {@code in}.
   *
   * @throws dev.waybill.executor.store.DiskFailure where they can't be stored
   * @throws StreamCorruptedException where the file has no block of such a length
   * @throws IOException where the stream fails
   */
  public Result take(Frame.Block block, WireInput in) throws IOException {
    if (!file.mayHaveLength(block.index(), block.length())) {
      throw new StreamCorruptedException(
          "block %d of %s can't have %d bytes".formatted(block.index(), file.id(), block.length()));
    }
    Optional<BlockWriter> begun = file.begin(block.index(), block.length(), digest);
    if (begun.isEmpty()) {
      skip(block, in);
      return Result.HELD_ALREADY;
    }
    try (BlockWriter writer = begun.get()) {
      if (!file.awaitChecksum(block.index(), block.length(), 0)) {
        manifest.wanted(file.id(), block.index());
      }
      copy(block, in, writer);
      if (!awaitChecksum(block)) {
        return Result.NO_CHECKSUM;
      }
      boolean right = file.mayHaveLength(block.index(), block.length()) && writer.finish();
      return right ? Result.STORED : Result.DIFFERS;
    }
  }

  private static void copy(Frame.Block block, WireInput in, BlockWriter writer) throws IOException {
    for (int left = block.length(); left > 0; ) {
      ByteBuffer part = part(block, in, left);
      left -= part.remaining();
      writer.write(part);
    }
  }

  private static void skip(Frame.Block block, WireInput in) throws IOException {
    for (int left = block.length(); left > 0; ) {
      left -= part(block, in, left).remaining();
    }
  }

  private static ByteBuffer part(Frame.Block block, WireInput in, int most) throws IOException {
    try {
      return in.next(most);
    } catch (EOFException e) {
      EOFException within = new EOFException("the stream ends within block " + block.index());
      within.initCause(e);
      throw within;
    }
  }

  /** Why a block has no checksum. */
  public String whyNoChecksum(int block) {
    String refusal = file.refusal();
    return refusal == null
        ? "the master has not said what the checksum of block %d of %s is"
            .formatted(block, file.id())
        : file.id() + " " + refusal;
  }

  private boolean awaitChecksum(Frame.Block block) {
    for (int i = 0; i < CHECKSUM_SLICES && !abandoned.getAsBoolean(); i++) {
      if (file.awaitChecksum(block.index(), block.length(), 0)) {
        return true;
      }
      if (file.refusal() != null) {
        return false;
      }
      manifest.wanted(file.id(), block.index());
      if (file.awaitChecksum(block.index(), block.length(), CHECKSUM_SLICE_MILLIS)) {
        return true;
      }
    }
    return false;
  }
}
