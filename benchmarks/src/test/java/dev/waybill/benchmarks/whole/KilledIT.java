package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.Status.FileStatus;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever process is killed in the middle of a distribution and started again: it ends right. */
@Timeout(180)
final class KilledIT {
  private static final String FILE = "file.bin";
  private static final FileId FIRST = new FileId(FILE, 1);
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 128;

  /** Blocks that may be on their way to a host at once, or wait there to be made durable. */
  private static final int IN_FLIGHT = 12;

  @TempDir private Path folder;

  private static void publish(Cluster cluster, Path source) throws Exception {
    cluster.does(
        "publish",
        source.toString(),
        "--as",
        FILE,
        "--to",
        "h1",
        "--block-size",
        Integer.toString(BLOCK));
  }

  private static void awaitBlocks(Cluster cluster, String host, int blocks) throws Exception {
    cluster.await(
        host + " has reported " + blocks + " blocks",
        () -> cluster.heldBlocks(host, FILE) >= blocks);
  }

  /**
   * What a relay has counted once nothing more comes, such as what was on its way to a host that
   * has died.
   */
  private static long settled(Relay relay) throws InterruptedException {
    long counted;
    do {
      counted = relay.backBytes();
      Thread.sleep(1000);
    } while (relay.backBytes() != counted);
    return counted;
  }

  /** Its only sender is behind a relay, which counts what it sends. */
  @Test
  void aReceiverFetchesNothingAgainThatItHeld() throws Exception {
    int port = Cluster.freePort();
    try (Cluster cluster = Cluster.ofMaster(folder, 2, 6e6);
        Relay relay = new Relay(port)) {
      cluster.startExecutor(
          "h1", "--listen", "127.0.0.1:" + port, "--advertise", "127.0.0.1:" + relay.port());
      cluster.startExecutor("h2");
      cluster.awaitUp("h1");
      cluster.awaitUp("h2");
      Path source = cluster.random("source", BLOCKS * BLOCK, 10);
      publish(cluster, source);
      cluster.does("demand", "--file", FILE, "--hosts", "h2");
      awaitBlocks(cluster, "h2", BLOCKS / 3);
      int reported = cluster.heldBlocks("h2", FILE);
      cluster.kill("h2");
      int durable = cluster.heldOnDisk("h2");
      assertThat(durable).isGreaterThanOrEqualTo(reported).isLessThan(BLOCKS);
      assertThat(cluster.file("h2", FILE)).doesNotExist();
      long sentBefore = settled(relay);
      assertThat(sentBefore / BLOCK - durable).as("blocks in flight").isLessThan(IN_FLIGHT);

      cluster.startExecutor("h2");
      cluster.does("wait", "--file", FILE, "--timeout", "60");
      cluster.assertSame(source, FILE, "h2");
      long sentAfter = relay.backBytes() - sentBefore;
      assertThat(sentAfter)
          .as("bytes for the %d blocks that were missing\n%s", BLOCKS - durable, cluster.logs())
          .isBetween((long) (BLOCKS - durable) * BLOCK, (long) (BLOCKS - durable + 1) * BLOCK);
    }
  }

  @Test
  void aHostThatOthersReceiveFromMayBeKilledToo() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 4, 8e6)) {
      Path source = cluster.random("source", BLOCKS * BLOCK, 11);
      cluster.does("demand", "--file", FILE, "--hosts", "all");
      publish(cluster, source);
      for (String host : new String[] {"h2", "h1"}) {
        awaitBlocks(cluster, "h2", BLOCKS / 4);
        cluster.kill(host);
        cluster.startExecutor(host);
      }
      cluster.does("wait", "--file", FILE, "--timeout", "90");
      cluster.assertSame(source, FILE, "h1", "h2", "h3", "h4");
    }
  }

  @Test
  void copiesGoOnWithoutAMasterAndItKnowsEverythingAgain() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 3, 5e6)) {
      Path source = cluster.random("source", BLOCKS * BLOCK, 12);
      cluster.does("demand", "--file", FILE, "--hosts", "all");
      publish(cluster, source);
      awaitBlocks(cluster, "h2", BLOCKS / 8);
      FileStatus status = cluster.fileStatus(FILE);
      ManifestPage manifest = cluster.client().manifest(FIRST, 0);
      assertThat(manifest.checksums()).hasSize(BLOCKS);
      cluster.kill("master");
      int held = cluster.heldOnDisk("h2");
      cluster.await("copies go on", () -> cluster.heldOnDisk("h2") > held + BLOCKS / 16);
      assertThat(cluster.file("h2", FILE)).as("killed in the middle").doesNotExist();

      cluster.startMaster();
      cluster.await("the master is back", () -> cluster.fileStatus(FILE).isFinal());
      FileStatus again = cluster.fileStatus(FILE);
      assertThat(again.version()).isEqualTo(1);
      assertThat(again.size()).isEqualTo(status.size());
      assertThat(again.blocks()).isEqualTo(BLOCKS);
      assertThat(again.demands()).isEqualTo(3);
      assertThat(cluster.client().manifest(FIRST, 0)).isEqualTo(manifest);
      cluster.does("wait", "--file", FILE, "--timeout", "60");
      cluster.assertSame(source, FILE, "h1", "h2", "h3");
    }
  }

  @Test
  void aPublisherThatIsStartedAgainGoesOnWithTheSameVersion() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 3, 8e6)) {
      byte[] all = Files.readAllBytes(cluster.random("all", 80 * BLOCK + 7, 13));
      Path source = Files.write(folder.resolve("growing"), Arrays.copyOf(all, 40 * BLOCK));
      cluster.does("demand", "--file", FILE, "--hosts", "all");
      String[] publish = {
        source.toString(), "--as", FILE, "--block-size", "" + BLOCK, "--follow", "--idle", "600"
      };
      cluster.startPublisher(publish);
      awaitBlocks(cluster, "h2", 10);
      cluster.kill("publisher");
      assertThat(cluster.fileStatus(FILE).isFinal()).isFalse();

      Daemon publisher = cluster.startPublisher(publish);
      try (OutputStream out = Files.newOutputStream(source, StandardOpenOption.APPEND)) {
        out.write(all, 40 * BLOCK, all.length - 40 * BLOCK);
      }
      cluster.does("publish", "--final", "--as", FILE);
      assertThat(publisher.awaitEnd(60)).as(cluster.logs()).isZero();
      cluster.does("wait", "--file", FILE, "--timeout", "60");
      assertThat(cluster.fileStatus(FILE).version()).isEqualTo(1);
      cluster.assertSame(folder.resolve("all"), FILE, "h1", "h2", "h3");
    }
  }
}
