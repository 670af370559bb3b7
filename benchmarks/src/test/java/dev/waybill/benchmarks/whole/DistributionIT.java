package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole distribution between processes: what was asked for is there, and never a part of it. */
@Timeout(180)
final class DistributionIT {
  private static final List<String> HOSTS = List.of("h1", "h2", "h3", "h4");

  @TempDir private Path folder;

  @Test
  void everyHostGetsEveryFileWhole() throws Exception {
    try (Cluster cluster = Cluster.start(folder, HOSTS.size(), 8e6)) {
      Path large = cluster.random("large.bin", 32 << 20, 1);
      Path nested = cluster.random("nested.bin", 100_001, 2);
      Path empty = cluster.random("empty.bin", 0, 3);
      for (String name : List.of("large.bin", "deep/er/nested.bin", "empty.bin")) {
        cluster.does("demand", "--file", name, "--hosts", "all");
      }
      Daemon publisher =
          cluster.startPublisher(large.toString(), "--as", "large.bin", "--to", "h1");
      watchUntilAllHave(cluster, large, "large.bin");
      assertThat(publisher.awaitEnd(30)).as(cluster.logs()).isZero();
      cluster.does("publish", nested.toString(), "--as", "deep/er/nested.bin");
      cluster.does("publish", empty.toString(), "--as", "empty.bin", "--to", "h2", "--wait");
      for (String name : List.of("large.bin", "deep/er/nested.bin", "empty.bin")) {
        cluster.does("wait", "--file", name, "--timeout", "60");
      }
      String[] all = HOSTS.toArray(String[]::new);
      cluster.assertSame(large, "large.bin", all);
      cluster.assertSame(nested, "deep/er/nested.bin", all);
      cluster.assertSame(empty, "empty.bin", all);
      assertStatus(cluster.does("status", "--json").json());
      JsonNode one = cluster.does("status", "--json", "--file", "large.bin").json();
      assertThat(one.get("files")).hasSize(1);
    }
  }

  /** Whenever a file is at its place, all of it is. */
  private static void watchUntilAllHave(Cluster cluster, Path source, String name)
      throws IOException, InterruptedException {
    List<String> missing = new ArrayList<>(HOSTS);
    cluster.await(
        "every host has " + name,
        () -> {
          for (String host : List.copyOf(missing)) {
            if (Files.exists(cluster.file(host, name))) {
              cluster.assertSame(source, name, host);
              missing.remove(host);
            }
          }
          return missing.isEmpty();
        });
  }

  private static void assertStatus(JsonNode status) {
    assertThat(status.get("files")).hasSize(3);
    for (JsonNode file : status.get("files")) {
      assertThat(file.get("file").isTextual()).isTrue();
      assertThat(file.get("version").longValue()).isEqualTo(1);
      assertThat(file.get("final").booleanValue()).isTrue();
      assertThat(file.get("demands").intValue()).isEqualTo(HOSTS.size());
      assertThat(file.get("complete").intValue()).isEqualTo(HOSTS.size());
      assertThat(file.get("elapsedSeconds").doubleValue()).isNotNegative();
      for (String key : List.of("atLeastSeconds", "plannedSeconds")) {
        assertThat(file.has(key)).as("%s of %s", key, file).isTrue();
      }
      if (file.get("file").textValue().equals("large.bin")) {
        assertThat(file.get("atLeastSeconds").doubleValue()).isPositive();
        assertThat(file.get("plannedSeconds").doubleValue())
            .isGreaterThanOrEqualTo(file.get("atLeastSeconds").doubleValue());
      }
    }
    assertThat(status.get("hosts").findValuesAsText("host")).isEqualTo(HOSTS);
    for (JsonNode host : status.get("hosts")) {
      assertThat(host.get("state").asText()).isEqualToIgnoringCase("up");
      assertThat(host.get("files")).hasSize(3);
      for (JsonNode held : host.get("files")) {
        assertThat(held.get("version").longValue()).isEqualTo(1);
        assertThat(held.get("heldBlocks").intValue()).isEqualTo(held.get("blocks").intValue());
      }
    }
    assertThat(
            status.get("hosts").findValuesAsText("prefixLength").stream()
                .filter(String.valueOf(32 << 20)::equals))
        .hasSize(HOSTS.size());
  }
}
