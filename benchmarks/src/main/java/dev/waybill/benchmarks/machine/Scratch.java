package dev.waybill.benchmarks.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** What the benchmarks that move files write, and take away again. */
public final class Scratch {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final int CHUNK_BYTES = 1 << 20;

  /** A flush of more at once keeps others waiting that write to the same disk. */
  private static final long FORCED_BYTES = 32L << 20;

  private Scratch() {}

  /** A new folder, in memory where the system has a place for that. */
  public static Path folder(String prefix) throws IOException {
    return Files.isWritable(MEMORY)
        ? Files.createTempDirectory(MEMORY, prefix)
        : Files.createTempDirectory(prefix);
  }

  /**
   * Writes a file of bytes that can't be compressed, the same for the same seed. They are on disk
   * then, so that what is measured after it does not wait for them.
   */
  public static Path random(Path file, long bytes, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] chunk = new byte[CHUNK_BYTES];
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (long done = 0; done < bytes; done += chunk.length) {
        random.nextBytes(chunk);
        ByteBuffer next = ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, bytes - done));
        while (next.hasRemaining()) {
          out.write(next);
        }
        if ((done + chunk.length) % FORCED_BYTES == 0) {
          out.force(false);
        }
      }
      out.force(true);
    }
    return file;
  }
}
