package dev.waybill.executor.publish;

import dev.waybill.executor.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The blocks of a stream that can be read only once, for the generator: those that have not been
 * fed to every origin are kept in memory, and making waits when they fill their window.
 */
final class StreamBlocks implements BlockSource {
  private static final long WINDOW_BYTES = 64L << 20;
  private static final long MIN_BLOCKS = 4;
  private static final long MAX_BLOCKS = 1024;

  private final InputStream in;
  private final int blockSize;
  private final int capacity;
  private final ArrayDeque<byte[]> window = new ArrayDeque<>();
  private byte[] free = new byte[0];
  private int first;

  /**
   * @param blockSize at most {@link Content#MAX_STREAM_BLOCK}
   */
  StreamBlocks(InputStream in, int blockSize) {
    this.in = in;
    this.blockSize = blockSize;
    this.capacity = (int) Math.max(MIN_BLOCKS, Math.min(MAX_BLOCKS, WINDOW_BYTES / blockSize));
  }

  @Override
  public int advance() throws IOException, InterruptedException {
    byte[] block = room();
    int length = in.readNBytes(block, 0, blockSize);
    if (length > 0) {
      add(length == blockSize ? block : Arrays.copyOf(block, length));
    }
    return length;
  }

  private synchronized byte[] room() throws InterruptedException {
    while (window.size() >= capacity) {
      wait();
    }
    byte[] block = free.length == blockSize ? free : new byte[blockSize];
    free = new byte[0];
    return block;
  }

  private synchronized void add(byte[] block) {
    window.addLast(block);
  }

  @Override
  public void read(int block, int offset, byte[] into, int at, int length) {
    System.arraycopy(bytes(block), offset, into, at, length);
  }

  @Override
  public void send(int block, Wire to) throws IOException {
    to.write(ByteBuffer.wrap(bytes(block)));
  }

  @Override
  public int length(int block) {
    return bytes(block).length;
  }

  private synchronized byte[] bytes(int block) {
    int skip = block - first;
    for (byte[] bytes : window) {
      if (skip-- == 0) {
        return bytes;
      }
    }
    throw new IllegalArgumentException("block " + block + " is not in the window");
  }

  @Override
  public synchronized void release(int block) {
    while (first < block) {
      free = window.removeFirst();
      first++;
    }
    notifyAll();
  }

  @Override
  public synchronized int first() {
    return first;
  }

  @Override
  public void requireUnchanged() {
    // What is in memory does not change.
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
