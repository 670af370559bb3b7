package dev.waybill.executor.store;

import dev.waybill.model.catalogue.Checksum;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * One block on its way into the block store: its bytes go to their place on disk as they come,
 * while its checksum is computed. It is held only once {@link #finish} has found it right. For one
 * thread; nobody else can write the block until it is closed.
 */
public final class BlockWriter implements Closeable {
  private final StoredFile file;
  private final int block;
  private final int length;
  private final MessageDigest digest;
  private int written;

  BlockWriter(StoredFile file, int block, int length, MessageDigest digest) {
    this.file = file;
    this.block = block;
    this.length = length;
    this.digest = digest;
    digest.reset();
  }

  /** The next bytes of the block. */
  public void write(ByteBuffer bytes) throws DiskFailure {
    int count = bytes.remaining();
    if (written + count > length) {
      throw new IllegalArgumentException(
          "block " + block + " of " + length + " bytes gets " + (written + count));
    }
    file.write(block, written, bytes.duplicate());
    digest.update(bytes);
    written += count;
  }

  /**
   * Compares what has been written with the manifest, which has to know the block; where it is
   * right, the block may be served on from now on, and is made durable soon.
   *
   * @return whether it is right
   */
  public boolean finish() throws DiskFailure {
    if (written != length || !Checksum.of(digest).equals(file.checksum(block))) {
      return false;
    }
    file.verified(block);
    return true;
  }

  /** Lets others write the block where it is not held now. */
  @Override
  public void close() {
    file.release(block);
  }
}
