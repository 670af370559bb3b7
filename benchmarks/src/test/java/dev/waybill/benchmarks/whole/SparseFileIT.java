package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file with holes arrives as what reading it gives: zeros where the holes are. */
@Timeout(120)
final class SparseFileIT {
  private static final int BLOCK = 256 << 10;
  private static final long SIZE = 160L * BLOCK + 1;

  /** Where there is something: within a block, across two of them, far behind the one before. */
  private static final long[] WRITTEN = {BLOCK + 1000, 7L * BLOCK - 500, 120L * BLOCK};

  @TempDir private Path folder;

  @Test
  void holesArriveAsZeros() throws Exception {
    Path source = folder.resolve("source");
    byte[] some = new byte[1000];
    new Random(1).nextBytes(some);
    try (FileChannel file =
        FileChannel.open(source, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at : WRITTEN) {
        assertThat(file.write(ByteBuffer.wrap(some), at)).isEqualTo(some.length);
      }
      assertThat(file.write(ByteBuffer.wrap(new byte[1]), SIZE - 1)).isEqualTo(1);
    }
    try (Cluster cluster = Cluster.start(folder, 3, 40e6)) {
      cluster.does("demand", "--file", "sparse", "--hosts", "all");
      cluster.does(
          "publish", source.toString(), "--as", "sparse", "--to", "h1", "--block-size", "" + BLOCK);
      cluster.does("wait", "--file", "sparse", "--timeout", "60");
      cluster.assertSame(source, "sparse", "h1", "h2", "h3");
    }
  }
}
