package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are distributed while they are made. */
@Timeout(180)
final class GrowingIT {
  private static final String FILE = "growing.bin";
  private static final int BLOCK = 128 << 10;

  /** What exists while the hosts receive: blocks, and a beginning of the next one. */
  private static final int MADE = 20;

  @TempDir private Path folder;

  private static void awaitWhatIsMade(Cluster cluster) throws Exception {
    for (String host : new String[] {"h1", "h2", "h3"}) {
      cluster.await(
          host + " has all that has been made", () -> cluster.heldBlocks(host, FILE) == MADE);
      assertThat(cluster.file(host, FILE)).as("not whole").doesNotExist();
    }
    assertThat(cluster.fileStatus(FILE).isFinal()).isFalse();
    assertThat(cluster.fileStatus(FILE).blocks()).isEqualTo(MADE);
    assertThat(cluster.run("wait", "--file", FILE, "--timeout", "0.5").line(1)).contains(FILE);
  }

  private static void assertDistributed(Cluster cluster, Daemon publisher, Path source)
      throws Exception {
    assertThat(publisher.awaitEnd(60)).as(cluster.logs()).isZero();
    cluster.does("wait", "--file", FILE, "--timeout", "60");
    cluster.assertSame(source, FILE, "h1", "h2", "h3");
  }

  @Test
  void hostsHoldTheBlocksOfAFileThatStillGrows() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 3, 8e6)) {
      Path whole = cluster.random("whole", 30 * BLOCK + 5, 30);
      byte[] all = Files.readAllBytes(whole);
      int made = MADE * BLOCK + 77;
      Path source = Files.write(folder.resolve("source"), Arrays.copyOf(all, made));
      cluster.does("demand", "--file", FILE, "--hosts", "all");
      Daemon publisher =
          cluster.startPublisher(
              source.toString(),
              "--as",
              FILE,
              "--block-size",
              Integer.toString(BLOCK),
              "--follow",
              "--idle",
              "600");
      awaitWhatIsMade(cluster);
      try (OutputStream out = Files.newOutputStream(source, StandardOpenOption.APPEND)) {
        out.write(all, made, all.length - made);
      }
      cluster.does("publish", "--final", "--as", FILE);
      assertDistributed(cluster, publisher, whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 60})
  void aFileThatComesOutLongerOrShorterThanItWasToBeIsWhole(int expectedBlocks) throws Exception {
    try (Cluster cluster = Cluster.start(folder, 3, 8e6)) {
      Path whole = cluster.random("whole", 30 * BLOCK + 5, 32);
      byte[] all = Files.readAllBytes(whole);
      cluster.does("demand", "--file", FILE, "--hosts", "all");
      Daemon publisher =
          cluster.startPublisher(
              "-",
              "--as",
              FILE,
              "--block-size",
              Integer.toString(BLOCK),
              "--expect-size",
              Integer.toString(expectedBlocks * BLOCK));
      try (OutputStream out = publisher.input()) {
        int made = MADE * BLOCK + 77;
        out.write(all, 0, made);
        out.flush();
        awaitWhatIsMade(cluster);
        out.write(all, made, all.length - made);
      }
      assertDistributed(cluster, publisher, whole);
      assertThat(cluster.fileStatus(FILE).blocks()).isEqualTo(31);
      assertThat(cluster.log("master")).doesNotContain("could not get");
    }
  }

  @Test
  void standardInputIsPublishedAsItComes() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 3, 8e6)) {
      Path whole = cluster.random("whole", 30 * BLOCK + 5, 31);
      byte[] all = Files.readAllBytes(whole);
      int made = MADE * BLOCK + 77;
      cluster.does("demand", "--file", FILE, "--hosts", "all");
      Daemon publisher =
          cluster.startPublisher("-", "--as", FILE, "--block-size", Integer.toString(BLOCK));
      try (OutputStream out = publisher.input()) {
        out.write(all, 0, made);
        out.flush();
        awaitWhatIsMade(cluster);
        out.write(all, made, all.length - made);
      }
      assertDistributed(cluster, publisher, whole);
    }
  }
}
