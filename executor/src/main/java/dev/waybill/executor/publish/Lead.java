package dev.waybill.executor.publish;

/**
 * How far the generator's hashing may be ahead of what an origin has stored: a little at first, and
 * further the more that is, so that the first blocks are on their way to all hosts before the
 * processors are taken for the last ones. Thread-safe.
 */
final class Lead {
  private static final long FIRST_BYTES = 16L << 20;
  private static final long PER_STORED = 4;

  private final long blockSize;
  private long stored;

  Lead(long blockSize) {
    this.blockSize = blockSize;
  }

  /** How many blocks of this size may be made before anything has been stored. */
  static int atFirst(long blockSize) {
    return (int) Math.max(1, FIRST_BYTES / blockSize);
  }

  /** An origin has every block below {@code upTo}. */
  synchronized void stored(int upTo) {
    if (upTo > stored) {
      stored = upTo;
      notifyAll();
    }
  }

  /**
   * Waits until a block may be made that the master does not know. Those that it knows are only
   * compared, and an origin may wait for what comes after that: a signature of them.
   *
   * @param unknown how many before it the master does not know either; negative where it knows it
   */
  synchronized void await(int unknown) throws InterruptedException {
    while (unknown >= atFirst(blockSize) + PER_STORED * stored) {
      wait();
    }
  }
}
