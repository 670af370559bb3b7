package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host's disk takes no more in the middle of a block: the host says so, everybody else gets the
 * file, and it goes on once there is room.
 */
@Timeout(120)
final class DiskFullIT {
  private static final String FILE = "file.bin";
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 32;

  /** In the middle of the ninth block. */
  private static final long ROOM = 8L * BLOCK + BLOCK / 2;

  @TempDir private Path folder;

  @Test
  void theOthersGetTheFileAndTheHostItselfOnceThereIsRoom() throws Exception {
    try (Cluster cluster = Cluster.ofMaster(folder, 3, 6e6)) {
      cluster.startExecutor("h1");
      cluster.startExecutor("h2");
      cluster.startExecutorWithRoom("h3", ROOM);
      for (int i = 1; i <= 3; i++) {
        cluster.awaitUp("h" + i);
      }
      Path source = cluster.random("source", BLOCKS * BLOCK, 7);
      cluster.does("demand", "--file", FILE, "--hosts", "h2,h3");
      cluster.does(
          "publish", source.toString(), "--as", FILE, "--to", "h1", "--block-size", "" + BLOCK);

      cluster.await("h2 has it all", () -> cluster.heldBlocks("h2", FILE) == BLOCKS);
      cluster.await("h3 says what is wrong", () -> cluster.log("h3").contains("blamed: disk:h3"));
      assertThat(cluster.log("h3")).contains("block 8 of file.bin@1 can't be written: ");
      assertThat(cluster.log("master")).contains("it blames [disk:h3]");
      assertThat(cluster.log("h3")).contains("failed at block 8");
      assertThat(cluster.client().status(FILE).suspects())
          .anySatisfy(
              s -> {
                assertThat(s.component()).isEqualTo("disk:h3");
                assertThat(s.evidence().get(0))
                    .contains("block 8 of file.bin@1 can't be written: ");
              });
      assertThat(cluster.does("status").out()).contains("disk:h3");
      assertThat(cluster.heldOnDisk("h3")).isEqualTo(8);
      assertThat(cluster.file("h3", FILE)).doesNotExist();

      cluster.kill("h3");
      cluster.startExecutor("h3");
      cluster.does("wait", "--file", FILE, "--timeout", "45");
      cluster.assertSame(source, FILE, "h2", "h3");
    }
  }
}
