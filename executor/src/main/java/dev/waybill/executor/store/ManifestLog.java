package dev.waybill.executor.store;

import dev.waybill.model.catalogue.Checksum;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * The checksums of one file version in the block store. They stay on disk and are read one by one,
 * so that a file of a million blocks costs no memory.
 */
final class ManifestLog implements Closeable {
  private static final int BYTES = 32;

  private final RecordLog log;
  private boolean durable;

  private ManifestLog(RecordLog log) {
    this.log = log;
  }

  /**
   * @param replay is given each checksum in order
   */
  static ManifestLog open(Path path, Consumer<Checksum> replay) throws IOException {
    return new ManifestLog(RecordLog.open(path, BYTES, r -> replay.accept(checksum(r))));
  }

  private static Checksum checksum(ByteBuffer record) {
    byte[] bytes = new byte[BYTES];
    record.get(record.position(), bytes);
    return new Checksum(HexFormat.of().formatHex(bytes));
  }

  /** How many checksums are stored. */
  int count() {
    return log.count();
  }

  /** Adds the checksums of the next blocks; durable after {@link #force}. */
  void append(List<Checksum> checksums) throws IOException {
    ByteBuffer payloads = ByteBuffer.allocate(checksums.size() * BYTES);
    checksums.forEach(c -> payloads.put(HexFormat.of().parseHex(c.hex())));
    durable = false;
    log.append(payloads.flip());
  }

  /** Only the first {@code checksums} stay. */
  void truncate(int checksums) throws IOException {
    durable = false;
    log.truncate(checksums);
  }

  void force() throws IOException {
    if (!durable) {
      log.force();
      durable = true;
    }
  }

  /** The checksum of a block that is stored. */
  Checksum checksum(int block) throws IOException {
    return checksum(log.read(block));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
