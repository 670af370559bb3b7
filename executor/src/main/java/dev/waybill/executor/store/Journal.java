package dev.waybill.executor.store;

import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the block store has done with one file version, in order: which blocks it has come to hold,
 * which it has given up, how long the file is, that it has been published. Each append is durable
 * when it returns, but for the size. Not thread-safe.
 */
final class Journal implements Closeable {
  private static final int RECORD_BYTES = 9;
  private static final byte HELD = 'H';
  private static final byte GIVEN_UP = 'G';
  private static final byte SIZE = 'S';
  private static final byte PUBLISHED = 'P';
  private static final byte WITHDRAWN = 'W';

  private final RecordLog log;
  private final BitSet held = new BitSet();
  private @Nullable Long size;
  private boolean published;

  private Journal(Path path) throws IOException {
    this.log = RecordLog.open(path, RECORD_BYTES, this::replay);
  }

  static Journal open(Path path) throws IOException {
    return new Journal(path);
  }

  private void replay(ByteBuffer record) {
    byte kind = record.get(0);
    switch (kind) {
      case HELD -> held.set(record.getInt(1), record.getInt(5) + 1);
      case GIVEN_UP -> held.clear(record.getInt(1), record.getInt(5) + 1);
      case SIZE -> size = record.getLong(1);
      case PUBLISHED -> published = true;
      case WITHDRAWN -> published = false;
      default -> throw new IllegalStateException("a journal record of kind " + kind);
    }
  }

  /** The blocks that it says are held. */
  BlockSet held() {
    return BlockSet.of(held);
  }

  @Nullable Long size() {
    return size;
  }

  boolean published() {
    return published;
  }

  void hold(BlockSet blocks) throws IOException {
    append(HELD, blocks.ranges());
    blocks.ranges().forEach(r -> held.set(r.first(), r.last() + 1));
  }

  void giveUp(BlockSet blocks) throws IOException {
    append(GIVEN_UP, blocks.ranges());
    blocks.ranges().forEach(r -> held.clear(r.first(), r.last() + 1));
  }

  /** Durable with what is appended next: it means nothing to a version of which nothing is held. */
  void size(long bytes) throws IOException {
    log.append(ByteBuffer.allocate(RECORD_BYTES).put(SIZE).putLong(bytes).flip());
    size = bytes;
  }

  void published(boolean now) throws IOException {
    append(ByteBuffer.allocate(RECORD_BYTES).put(0, now ? PUBLISHED : WITHDRAWN));
    published = now;
  }

  private void append(byte kind, List<BlockRange> ranges) throws IOException {
    ByteBuffer payloads = ByteBuffer.allocate(ranges.size() * RECORD_BYTES);
    ranges.forEach(r -> payloads.put(kind).putInt(r.first()).putInt(r.last()));
    append(payloads.flip());
  }

  private void append(ByteBuffer payloads) throws IOException {
    log.append(payloads);
    log.force();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
