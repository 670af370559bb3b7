package dev.waybill.model.catalogue;

/**
 * How the catalogue cuts a file into blocks: block {@code i} is bytes {@code [i * blockSize, min((i
 * + 1) * blockSize, size))}, so that the last block may be shorter. A file of size 0 has no blocks.
 *
 * @param size bytes of the file, below 2^63
 * @param blockSize bytes of every block but the last, at least 1
 */
public record BlockLayout(long size, long blockSize) {
  public BlockLayout {
    if (size < 0) {
      throw new IllegalArgumentException("a file of " + size + " bytes");
    }
    if (blockSize <= 0) {
      throw new IllegalArgumentException("a block size of " + blockSize + " bytes");
    }
    if ((size == 0 ? 0 : (size - 1) / blockSize + 1) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a file of " + size + " bytes in blocks of " + blockSize + " has 2^31 blocks or more");
    }
  }

  /** The number of blocks, ceil(size / blockSize). */
  public int blockCount() {
    return (int) (size == 0 ? 0 : (size - 1) / blockSize + 1);
  }

  /** The byte at which a block begins; for {@code blockCount()}, the size of the file. */
  public long offset(int block) {
    return block >= blockCount() ? size : block * blockSize;
  }

  /** The bytes of one block. */
  public long length(int block) {
    return span(block, block);
  }

  /** The bytes of the blocks {@code first..last}, both included. */
  public long span(int first, int last) {
    return offset(last + 1) - offset(first);
  }
}
