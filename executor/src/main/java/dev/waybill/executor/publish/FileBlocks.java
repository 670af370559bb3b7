package dev.waybill.executor.publish;

import dev.waybill.executor.wire.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The blocks of a file on disk, for the generator. Blocks can be read at any time by any thread.
 */
final class FileBlocks implements BlockSource {
  private final Path file;
  private final FileChannel channel;
  private final long blockSize;
  private final Extent extent;
  private int next;
  private volatile long end;

  /**
   * @param next the block that is to be made first; those before it have been made earlier
   */
  FileBlocks(Path file, long blockSize, Extent extent, int next) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.blockSize = blockSize;
    this.extent = extent;
    this.next = next;
    this.end = next * blockSize;
  }

  @Override
  public int advance() throws IOException, InterruptedException, ContentDiffers {
    long from = next * blockSize;
    long reached = extent.await(from + blockSize);
    if (reached < end) {
      throw shrunk();
    }
    int length = (int) Math.max(0, Math.min(blockSize, reached - from));
    if (length > 0) {
      end = from + length;
      next++;
    }
    return length;
  }

  @Override
  public void read(int block, int offset, byte[] into, int at, int length)
      throws IOException, ContentDiffers {
    read(block * blockSize + offset, into, at, length);
  }

  @Override
  public void send(int block, Wire to) throws IOException, ContentDiffers {
    try {
      to.send(channel, block * blockSize, length(block));
    } catch (EOFException e) {
      throw shrunk();
    }
  }

  private void read(long position, byte[] into, int at, int length)
      throws IOException, ContentDiffers {
    ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + (buffer.position() - at)) < 0) {
        throw shrunk();
      }
    }
  }

  @Override
  public int length(int block) {
    return (int) Math.min(blockSize, end - block * blockSize);
  }

  @Override
  public void release(int block) {
    // A file can be read again at any time.
  }

  @Override
  public int first() {
    return 0;
  }

  @Override
  public void requireUnchanged() throws IOException, ContentDiffers {
    extent.requireUnchanged(end);
  }

  private ContentDiffers shrunk() {
    return new ContentDiffers(file + " has shrunk while it was being published");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
