package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes over a wire that nobody shapes keeps to the capacities of the network file. */
@Timeout(180)
final class PacingIT {
  private static final double RATE = 4e6;

  @TempDir private Path folder;

  @Test
  void noSecondSeesMoreThanTheCapacityAndTheTraceSaysHowItWent() throws Exception {
    int port = Cluster.freePort();
    try (Cluster cluster = Cluster.ofMaster(folder, 4, RATE);
        Relay relay = new Relay(port)) {
      cluster.startExecutor(
          "h1", "--listen", "127.0.0.1:" + port, "--advertise", "127.0.0.1:" + relay.port());
      for (String host : new String[] {"h2", "h3", "h4"}) {
        cluster.startExecutor(host);
      }
      for (int i = 1; i <= 4; i++) {
        cluster.awaitUp("h" + i);
      }
      Path file = cluster.random("a.bin", 24 << 20, 1);
      cluster.does("demand", "--file", "a.bin", "--hosts", "all");
      cluster.does(
          "publish", file.toString(), "--as", "a.bin", "--to", "h1", "--block-size", "131072");
      cluster.does("wait", "--file", "a.bin", "--timeout", "60");
      cluster.assertSame(file, "a.bin", "h1", "h2", "h3", "h4");

      // All that the origin sends, to whomever: its way out is one resource.
      assertThat(relay.backBytes()).isGreaterThan(24L << 20);
      assertThat((double) relay.mostInASecond()).isLessThan(1.05 * RATE);

      Path page = folder.resolve("trace.html");
      Ended traced = cluster.does("trace", "--file", "a.bin", "--json", "--html", page.toString());
      JsonNode trace = traced.json().path("trace");
      assertThat(trace.path("done").asBoolean()).isTrue();
      assertThat(trace.path("copies").size()).isGreaterThanOrEqualTo(3);
      assertThat(traced.json().path("regret").path("path").size()).isPositive();
      assertThat(page).exists();
      assertThat(Files.readString(page)).contains("<svg");
    }
  }
}
