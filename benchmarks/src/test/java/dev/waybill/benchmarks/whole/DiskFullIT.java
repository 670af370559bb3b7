package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.benchmarks.machine.Processes;
import java.nio.file.Files;
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
  void theOthersGetTheFileAndTheHostItselfOnceItIsStartedWithRoom() throws Exception {
    try (Cluster cluster = Cluster.ofMaster(folder, 3, 6e6)) {
      Path source = fillsTheDiskOfTheThird(cluster);
      cluster.kill("h3");
      cluster.startExecutor("h3");
      cluster.does("wait", "--file", FILE, "--timeout", "45");
      cluster.assertSame(source, FILE, "h2", "h3");
    }
  }

  @Test
  void theHostGoesOnByItselfWhenRoomIsMade() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "there is no util-linux");
    try (Cluster cluster = Cluster.ofMaster(folder, 3, 6e6)) {
      Path source = fillsTheDiskOfTheThird(cluster);
      String pid = Long.toString(cluster.pid("h3"));
      assertThat(Processes.statusOf("prlimit", "--pid", pid, "--fsize=unlimited:")).isZero();
      cluster.does("wait", "--file", FILE, "--timeout", "45");
      cluster.assertSame(source, FILE, "h2", "h3");
      assertThat(cluster.log("h3").split(" listens on ", -1)).as("it was not restarted").hasSize(2);
    }
  }

  /** Distributes a file until everybody knows that h3 has no room for it, and h2 has it. */
  private Path fillsTheDiskOfTheThird(Cluster cluster) throws Exception {
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
              assertThat(s.evidence().get(0)).contains("block 8 of file.bin@1 can't be written: ");
            });
    assertThat(cluster.does("status").out()).contains("disk:h3");
    assertThat(cluster.heldOnDisk("h3")).isEqualTo(8);
    assertThat(cluster.file("h3", FILE)).doesNotExist();
    return source;
  }
}
