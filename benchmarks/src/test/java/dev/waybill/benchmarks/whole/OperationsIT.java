package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.protocol.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What whoever runs a distribution asks and changes while it is under way. */
@Timeout(180)
final class OperationsIT {
  private static final String FILE = "dir/file.bin";
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 64;

  @TempDir private Path folder;

  @Test
  void deadlinesAreProvenImpossibleHostsExplainedAndFilesTakenBack() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 3, 2e6)) {
      Path source = cluster.random("source", BLOCKS * BLOCK, 30);
      cluster.does(
          "publish", source.toString(), "--as", FILE, "--to", "h1", "--block-size", "" + BLOCK);

      Ended refused = cluster.run("demand", "--file", FILE, "--hosts", "all", "--deadline", "3");
      assertThat(refused.status()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.err())
          .contains("no schedule meets a deadline of 3.0 s: it takes at least 8.");
      cluster.does("demand", "--file", FILE, "--hosts", "h2", "--deadline", "60");
      cluster.await("h2 receives", () -> cluster.heldBlocks("h2", FILE) > 2);

      assertThat(cluster.does("explain", "h2", FILE).out())
          .contains("it is receiving from h1")
          .contains("done in about");
      assertThat(cluster.does("explain", "h3", FILE).out())
          .contains("it is not in this host's file set");
      assertThat(cluster.does("what-if", "--capacity", "h1.up=20000000,h2.down=20000000").out())
          .contains("as it is:     1 demands open, done in")
          .contains("with changes: 1 demands open, done in");

      // The links get faster while copies run.
      cluster.editNetwork(3, 8e6);
      cluster.does("demand", "--file", FILE, "--hosts", "all", "--deadline", "1", "--best-effort");
      cluster.does("wait", "--file", FILE, "--timeout", "60");
      cluster.assertSame(source, FILE, "h1", "h2", "h3");
      assertThat(cluster.log("master")).contains("the network file has been taken up");

      cluster.does("withdraw", "--file", FILE);
      for (String host : new String[] {"h1", "h2", "h3"}) {
        cluster.await(
            host + " has deleted it",
            () ->
                Files.notExists(cluster.file(host, FILE))
                    && cluster.isEmpty(host)
                    && cluster.client().status(null).files().isEmpty());
      }
      // A host reports a moment after it has deleted.
      cluster.await(
          "no host reports a file",
          () ->
              cluster.client().status(null).hosts().stream()
                  .allMatch(h -> h.state() == Status.State.UP && h.files().isEmpty()));
      Path again = cluster.random("again", BLOCK, 31);
      assertThat(cluster.does("publish", again.toString(), "--as", FILE).out())
          .contains(FILE + "@2 is published");
    }
  }
}
