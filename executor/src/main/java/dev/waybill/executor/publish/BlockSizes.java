package dev.waybill.executor.publish;

import java.util.OptionalLong;

/** The generator's rule for block sizes: about a thousand blocks a file, within reason. */
final class BlockSizes {
  private static final long BLOCKS = 1024;
  private static final long SMALLEST = 256L << 10;
  private static final long LARGEST = 16L << 20;
  private static final long UNKNOWN_SIZE = 1L << 20;

  private BlockSizes() {}

  /**
   * A power of two, in bytes.
   *
   * @param size bytes of the file, where that is known
   */
  static long defaultFor(OptionalLong size) {
    if (size.isEmpty()) {
      return UNKNOWN_SIZE;
    }
    long wanted = Math.max(1, size.getAsLong() / BLOCKS);
    long rounded = Long.highestOneBit(wanted);
    long power = rounded == wanted || wanted >= LARGEST ? rounded : 2 * rounded;
    return Math.min(LARGEST, Math.max(SMALLEST, power));
  }
}
