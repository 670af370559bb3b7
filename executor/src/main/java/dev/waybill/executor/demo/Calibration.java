package dev.waybill.executor.demo;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.unit.DataRate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * What this machine can do, measured in half a second before the demonstration, so that the
 * emulated network and not the machine is what limits it.
 *
 * @param hashing SHA-256 on one core
 * @param writing to the folder of the demonstration, with fsync
 */
record Calibration(DataRate hashing, DataRate writing) {
  /** The part of the cores that the transfer itself may take. */
  private static final double SHARE = 0.4;

  /**
   * One end of a paced stream over loopback on one core, its JVM not yet warm; on the careful side.
   */
  private static final DataRate SOCKET = new DataRate(150e6);

  private static final DataRate SLOWEST = new DataRate(2e6);
  private static final DataRate FASTEST = new DataRate(25e6);
  private static final Duration WARM_UP = Duration.ofMillis(150);
  private static final Duration MEASURE = Duration.ofMillis(150);
  private static final int CHUNK = 1 << 20;

  static Calibration of(Path folder) throws IOException {
    hashing(WARM_UP);
    return new Calibration(hashing(MEASURE), writing(folder));
  }

  private static DataRate hashing(Duration duration) {
    MessageDigest digest = Checksum.newDigest();
    byte[] chunk = new byte[CHUNK];
    long startNanos = System.nanoTime();
    long bytes = 0;
    long spentNanos;
    do {
      digest.update(chunk);
      bytes += CHUNK;
      spentNanos = System.nanoTime() - startNanos;
    } while (spentNanos < duration.toNanos());
    return new DataRate(bytes * 1e9 / spentNanos);
  }

  private static DataRate writing(Path folder) throws IOException {
    Path file = folder.resolve("calibration");
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    long startNanos = System.nanoTime();
    long bytes = 0;
    long spentNanos;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      do {
        chunk.clear();
        while (chunk.hasRemaining()) {
          bytes += channel.write(chunk);
        }
        channel.force(true);
        spentNanos = System.nanoTime() - startNanos;
      } while (spentNanos < MEASURE.toNanos());
    } finally {
      Files.deleteIfExists(file);
    }
    return new DataRate(bytes * 1e9 / spentNanos);
  }

  /**
   * The rate {@code r} of every host's interface: {@code hosts * r * (1/hashing + 1/writing +
   * 2/socket)} takes {@link #SHARE} of the cores, within reason.
   */
  DataRate interfaceRate(int hosts, int cores) {
    double secondsPerByte =
        1 / hashing.bytesPerSecond() + 1 / writing.bytesPerSecond() + 2 / SOCKET.bytesPerSecond();
    double rate = SHARE * cores / (hosts * secondsPerByte);
    double within = Math.max(SLOWEST.bytesPerSecond(), Math.min(FASTEST.bytesPerSecond(), rate));
    return new DataRate(Math.floor(within / 1e5) * 1e5);
  }
}
