package dev.waybill.executor.store;

import dev.waybill.model.catalogue.Checksum;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * The checksums of one file version in the block store. They stay on disk and are read one by one,
 * so that a file of a million blocks costs no memory.
 */
final class ManifestLog implements Closeable {
  private static final int BYTES = 32;

  private final RecordLog log;

  private ManifestLog(RecordLog log) {
    this.log = log;
  }

  static ManifestLog open(Path path) throws IOException {
    return new ManifestLog(RecordLog.open(path, BYTES, record -> {}));
  }

  /** How many blocks' checksums are known. */
  int count() {
    return log.count();
  }

  /** Adds the checksums of the next blocks, durably. */
  void append(List<Checksum> checksums) throws IOException {
    ByteBuffer payloads = ByteBuffer.allocate(checksums.size() * BYTES);
    checksums.forEach(c -> payloads.put(HexFormat.of().parseHex(c.hex())));
    log.append(payloads.flip());
    log.force();
  }

  /** The checksum of a known block. */
  Checksum checksum(int block) throws IOException {
    return new Checksum(HexFormat.of().formatHex(log.read(block).array(), 0, BYTES));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
