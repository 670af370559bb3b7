package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.protocol.Status.FileStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions of one file between processes: forward, and never back. */
@Timeout(180)
final class VersionsIT {
  private static final String FILE = "file.bin";

  @TempDir private Path folder;

  @Test
  void aNewerVersionReplacesTheOlderAndARollbackIsRefused() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 3, 20e6)) {
      Path first = cluster.random("first", 1_000_003, 40);
      Path second = cluster.random("second", 1_200_007, 41);
      cluster.does("demand", "--file", FILE, "--hosts", "h1,h2");
      cluster.does("demand", "--file", FILE + "@1", "--hosts", "h3");
      cluster.does("publish", first.toString(), "--as", FILE, "--to", "h1", "--wait");
      cluster.assertSame(first, FILE, "h1", "h2", "h3");

      Ended other = cluster.run("publish", second.toString(), "--as", FILE, "--version", "1");
      assertThat(other.line(1)).contains(FILE + "@1");
      assertThat(cluster.fileStatus(FILE).version()).isEqualTo(1);

      Ended newer =
          cluster.does("publish", second.toString(), "--as", FILE, "--to", "h1", "--json");
      assertThat(newer.json().get("version").longValue()).isEqualTo(2);
      cluster.does("wait", "--file", FILE + "@2", "--timeout", "60");
      cluster.assertSame(second, FILE, "h1", "h2");
      cluster.assertSame(first, FILE, "h3");

      Ended older = cluster.run("publish", first.toString(), "--as", FILE, "--version", "1");
      assertThat(older.line(1)).contains("older than 2");
      assertThat(cluster.client().status(FILE).files())
          .extracting(FileStatus::version)
          .containsExactlyInAnyOrder(1L, 2L);
      cluster.assertSame(second, FILE, "h1", "h2");
      cluster.assertSame(first, FILE, "h3");
    }
  }
}
