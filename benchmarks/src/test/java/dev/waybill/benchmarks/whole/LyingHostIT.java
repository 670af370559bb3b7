package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that says that it holds what it does not. */
@Timeout(180)
final class LyingHostIT {
  private static final String FILE = "f.bin";
  private static final int BLOCK = 128 << 10;
  private static final int BLOCKS = 40;

  @TempDir private Path folder;

  @Test
  void everybodyGetsTheFileBesideAHostThatLiesAboutWhatItHolds() throws Exception {
    try (Cluster cluster = Cluster.ofMaster(folder, 4, 4e6)) {
      for (String host : new String[] {"h1", "h3", "h4"}) {
        cluster.startExecutor(host);
      }
      Path source = cluster.random("source", BLOCKS * BLOCK, 41);
      String blockSize = Integer.toString(BLOCK);
      cluster.does(
          "publish", source.toString(), "--as", FILE, "--to", "h1", "--block-size", blockSize);
      try (Liar liar =
          new Liar(
              folder.resolve("liar"),
              cluster.client(),
              "h2",
              FileId.parse(FILE + "@1"),
              new BlockLayout((long) BLOCKS * BLOCK, BLOCK))) {
        cluster.awaitUp("h2");
        cluster.awaitUp("h3");
        cluster.awaitUp("h4");
        cluster.does("demand", "--file", FILE, "--hosts", "h3,h4");
        cluster.await(
            "the liar is found out",
            () -> cluster.log("master").contains("could not get " + FILE + "@1 from h2: block "));
        Status status = cluster.client().status(FILE);
        cluster.does("wait", "--file", FILE, "--timeout", "60");
        cluster.assertSame(source, FILE, "h3", "h4");
        assertThat(status.suspects())
            .anySatisfy(
                s -> {
                  assertThat(s.component()).isEqualTo("host:h2");
                  assertThat(s.evidence().get(0))
                      .contains("CHECKSUM_DIFFERS, block ")
                      .endsWith("differs from its checksum");
                });
        assertThat(cluster.log("h3") + cluster.log("h4"))
            .contains("differs from its checksum; blamed: host:h2");
        assertThat(cluster.does("status").out()).contains("host:h2");
      }
    }
  }
}
