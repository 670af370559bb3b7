package dev.waybill.executor.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * An append-only file of the block store: records of one length, each followed by a CRC-32C of its
 * number and its bytes. What a crash has left torn at the end is cut off when it is opened.
 *
 * <p>Appends need a lock around them; reads may be made from any thread.
 */
final class RecordLog implements Closeable {
  private static final int CRC_BYTES = 4;
  private static final int SCAN_BYTES = 64 << 10;

  private final FileChannel channel;
  private final int payloadBytes;
  private volatile int count;

  private RecordLog(FileChannel channel, int payloadBytes) {
    this.channel = channel;
    this.payloadBytes = payloadBytes;
  }

  /**
   * @param replay is given each whole record's bytes in order
   */
  static RecordLog open(Path path, int payloadBytes, Consumer<ByteBuffer> replay)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    RecordLog log = new RecordLog(channel, payloadBytes);
    try {
      log.scan(replay);
      channel.truncate((long) log.count * log.recordBytes());
      return log;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private int recordBytes() {
    return payloadBytes + CRC_BYTES;
  }

  private void scan(Consumer<ByteBuffer> replay) throws IOException {
    int whole = 0;
    int perRead = SCAN_BYTES / recordBytes();
    ByteBuffer buffer = ByteBuffer.allocate(perRead * recordBytes());
    while (true) {
      buffer.clear();
      readFully(buffer, (long) whole * recordBytes());
      buffer.flip();
      while (buffer.remaining() >= recordBytes()) {
        ByteBuffer payload = buffer.slice(buffer.position(), payloadBytes);
        buffer.position(buffer.position() + payloadBytes);
        if (buffer.getInt() != crc(whole, payload.duplicate())) {
          return;
        }
        replay.accept(payload);
        whole++;
        count = whole;
      }
      if (buffer.limit() < buffer.capacity()) {
        return;
      }
    }
  }

  private void readFully(ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, position);
      if (n < 0) {
        return;
      }
      position += n;
    }
  }

  private static int crc(int index, ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(0, index));
    crc.update(payload);
    return (int) crc.getValue();
  }

  int count() {
    return count;
  }

  /**
   * Writes the records at the end; they count from now on and are durable after {@link #force}. An
   * append that fails leaves the log as it was.
   *
   * @param payloads the bytes of records, one after the other
   */
  void append(ByteBuffer payloads) throws IOException {
    int before = count;
    int records = payloads.remaining() / payloadBytes;
    ByteBuffer out = ByteBuffer.allocate(records * recordBytes());
    for (int i = 0; i < records; i++) {
      ByteBuffer payload = payloads.slice(payloads.position() + i * payloadBytes, payloadBytes);
      out.put(payload.duplicate()).putInt(crc(before + i, payload));
    }
    out.flip();
    long position = (long) before * recordBytes();
    while (out.hasRemaining()) {
      position += channel.write(out, position);
    }
    count = before + records;
  }

  /** Only the first {@code records} stay, of those that are there. */
  void truncate(int records) throws IOException {
    channel.truncate((long) records * recordBytes());
    count = Math.min(count, records);
  }

  void force() throws IOException {
    channel.force(false);
  }

  /** The bytes of a record that is there. */
  ByteBuffer read(int index) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(recordBytes());
    readFully(record, (long) index * recordBytes());
    record.flip();
    if (record.remaining() < recordBytes()) {
      throw new IOException("record " + index + " is cut off");
    }
    ByteBuffer payload = record.slice(0, payloadBytes);
    if (record.getInt(payloadBytes) != crc(index, payload.duplicate())) {
      throw new IOException("record " + index + " is damaged");
    }
    return payload;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
