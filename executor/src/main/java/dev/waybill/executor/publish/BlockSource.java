package dev.waybill.executor.publish;

import dev.waybill.executor.wire.Wire;
import java.io.Closeable;
import java.io.IOException;

/**
 * The blocks of what the generator publishes: made one after the other, and read by those that make
 * their checksums and feed them to origins.
 */
interface BlockSource extends Closeable {
  /**
   * Makes the next block, waiting until all of it is there. For one thread at a time.
   *
   * @return bytes of the block; 0 where there is no further one
   */
  int advance() throws IOException, InterruptedException, ContentDiffers;

  /**
   * Reads bytes of a block that has been made.
   *
   * @param offset within the block
   */
  void read(int block, int offset, byte[] into, int at, int length)
      throws IOException, ContentDiffers;

  /** Sends all bytes of a block that has been made. */
  void send(int block, Wire to) throws IOException, ContentDiffers;

  /** Bytes of a block that has been made. */
  int length(int block);

  /** No block below {@code block} will be read again. */
  void release(int block);

  /** The first block that can still be read. */
  int first();

  /**
   * @throws ContentDiffers where what was made is not there any more as it was
   */
  void requireUnchanged() throws IOException, ContentDiffers;
}
