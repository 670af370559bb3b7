package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk has changed what a sender has verified: nobody takes it, and everybody knows who it was.
 */
@Timeout(180)
final class CorruptDiskIT {
  private static final String FILE = "file.bin";
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 64;

  @TempDir private Path folder;

  @Test
  void theSenderIsBlamedAndTheDistributionEndsFromAnotherHolder() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 4, 6e6)) {
      Path source = cluster.random("source", BLOCKS * BLOCK, 20);
      cluster.does(
          "publish",
          source.toString(),
          "--as",
          FILE,
          "--to",
          "h1,h2",
          "--block-size",
          Integer.toString(BLOCK));
      for (String origin : new String[] {"h1", "h2"}) {
        cluster.await(
            origin + " has been given everything",
            () -> cluster.heldBlocks(origin, FILE) == BLOCKS);
      }
      // Often enough that whatever is asked of it meets one of them.
      for (int block = 0; block < BLOCKS; block += 8) {
        flip(cluster.stored("h1", "data"), (long) block * BLOCK + 1000);
      }
      cluster.does("demand", "--file", FILE, "--hosts", "h3,h4");
      cluster.does("wait", "--file", FILE, "--timeout", "45");
      cluster.assertSame(source, FILE, "h2", "h3", "h4");

      String received = cluster.log("h3") + cluster.log("h4");
      assertThat(received).contains("differs from its checksum; blamed: host:h1");
      assertThat(received).doesNotContain("blamed: host:h2").doesNotContain("been given up");
      assertThat(cluster.log("master")).contains("it blames [host:h1]");
      cluster.await(
          "h1 has given up what differs", () -> cluster.log("h1").contains("been given up"));
      cluster.await(
          "h1 does not say any more that it holds it",
          () -> cluster.heldBlocks("h1", FILE) < BLOCKS);
      assertThat(cluster.file("h1", FILE)).as("with a block that differs").doesNotExist();
      assertThat(cluster.heldOnDisk("h3")).isEqualTo(BLOCKS);
      assertThat(cluster.heldOnDisk("h4")).isEqualTo(BLOCKS);
    }
  }

  private static void flip(Path data, long position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
      file.seek(position);
      int was = file.read();
      file.seek(position);
      file.write(was ^ 1);
    }
  }
}
