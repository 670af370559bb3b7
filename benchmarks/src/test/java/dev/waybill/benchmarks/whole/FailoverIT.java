package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Status.FileStatus;
import dev.waybill.runtime.client.MasterClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two masters on one PostgreSQL: whatever happens to the one that leads, the other one leads within
 * 10 s, knows all that was acknowledged, and copies go on.
 */
@Timeout(240)
final class FailoverIT {
  private static final String FILE = "file.bin";
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 160;
  private static final double LIMIT_SECONDS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static EmbeddedPostgres postgres;

  @TempDir private Path folder;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  private static String database(int port, String name) throws Exception {
    try (var c = postgres.getPostgresDatabase().getConnection()) {
      c.createStatement().execute("CREATE DATABASE " + name);
    }
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=postgres";
  }

  /** Demands for files that nobody has published yet, each counted once it is acknowledged. */
  private static final class Demands {
    private final MasterClient client;
    private final List<String> acknowledged = new ArrayList<>();
    private int next;

    Demands(MasterClient client) {
      this.client = client;
    }

    void put() throws IOException {
      String name = "demand-" + next++;
      client.demand(new PutDemand(name, 1L, List.of("h2"), 1, null));
      acknowledged.add(name);
    }

    /** Asks until one is acknowledged; returns the seconds that it took. */
    double putAfterOutage() throws InterruptedException {
      long beganNanos = System.nanoTime();
      while (true) {
        try {
          put();
          return (System.nanoTime() - beganNanos) / 1e9;
        } catch (IOException e) {
          if (System.nanoTime() - beganNanos > PATIENCE_NANOS) {
            throw new AssertionError("nobody leads: " + e.getMessage(), e);
          }
          Thread.sleep(50);
        }
      }
    }
  }

  private static void assertStored(Demands demands, String database) throws Exception {
    List<String> stored = new ArrayList<>();
    try (var c = postgres.getDatabase("postgres", database).getConnection();
        var rows = c.createStatement().executeQuery("SELECT name FROM demand")) {
      while (rows.next()) {
        stored.add(rows.getString(1));
      }
    }
    assertThat(stored).containsAll(demands.acknowledged);
  }

  private Cluster distributing(String jdbc1, String jdbc2) throws Exception {
    Cluster cluster = Cluster.ofMasters(folder, 2, 3, 3e6);
    try {
      cluster.startMaster(1, "--database", jdbc1);
      cluster.await("the first leads", () -> cluster.client().status(null) != null);
      cluster.startMaster(2, "--database", jdbc2);
      for (String host : List.of("h1", "h2", "h3")) {
        cluster.startExecutor(host);
      }
      for (String host : List.of("h1", "h2", "h3")) {
        cluster.awaitUp(host);
      }
      cluster.await(
          "the second stands by", () -> cluster.log("master2").contains("this master stands by"));
      Path source = cluster.random("source", BLOCKS * BLOCK, 20);
      cluster.does("demand", "--file", FILE, "--hosts", "all");
      cluster.does(
          "publish", source.toString(), "--as", FILE, "--to", "h1", "--block-size", "" + BLOCK);
      cluster.await("copies go on", () -> cluster.heldBlocks("h2", FILE) > BLOCKS / 16);
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** After the other one has taken over: all hosts end with the file, and nothing is lost. */
  private void assertGoesOn(Cluster cluster, int heldBefore) throws Exception {
    cluster.await("h2 reports", () -> cluster.heldBlocks("h2", FILE) >= heldBefore);
    FileStatus status = cluster.fileStatus(FILE);
    assertThat(status.blocks()).isEqualTo(BLOCKS);
    assertThat(status.demands()).isEqualTo(3);
    cluster.does("wait", "--file", FILE, "--timeout", "80");
    cluster.assertSame(folder.resolve("source"), FILE, "h1", "h2", "h3");
  }

  @Test
  void aStandbyTakesOverWhenTheLeaderIsKilled() throws Exception {
    String jdbc = database(postgres.getPort(), "killed");
    try (Cluster cluster = distributing(jdbc, jdbc)) {
      assertStandbySendsClientsToTheLeader(cluster);
      Demands demands = new Demands(cluster.client());
      demands.put();
      int held = cluster.heldBlocks("h2", FILE);
      cluster.kill("master");
      assertThat(demands.putAfterOutage()).isLessThan(LIMIT_SECONDS);
      assertThat(cluster.log("master2")).contains("this master leads, epoch 2");
      assertGoesOn(cluster, held);
      assertStored(demands, "killed");
    }
  }

  /** Takes minutes, so that it is asked for: {@code -Dwaybill.long=true}. */
  @Test
  @Timeout(900)
  @EnabledIfSystemProperty(named = "waybill.long", matches = "true")
  void nothingAcknowledgedIsLostInTwentyKillsInARow() throws Exception {
    String jdbc = database(postgres.getPort(), "twenty");
    try (Cluster cluster = Cluster.ofMasters(folder, 2, 3, 3e6)) {
      cluster.startMaster(1, "--database", jdbc);
      cluster.await("the first leads", () -> cluster.client().status(null) != null);
      Demands demands = new Demands(cluster.client());
      double longest = 0;
      for (int kill = 0; kill < 20; kill++) {
        int leader = 1 + kill % 2;
        int standby = 3 - leader;
        cluster.startMaster(standby, "--database", jdbc);
        int times = kill / 2 + 1;
        cluster.await(
            "it stands by",
            () -> cluster.log(Cluster.masterName(standby)).split("stands by", -1).length > times);
        for (int i = 0; i < 10; i++) {
          demands.put();
        }
        cluster.kill(Cluster.masterName(leader));
        double seconds = demands.putAfterOutage();
        longest = Math.max(longest, seconds);
        System.out.printf("kill %d: %.1f s%n", kill + 1, seconds);
        assertThat(seconds).isLessThan(LIMIT_SECONDS);
      }
      assertStored(demands, "twenty");
      System.out.printf("the longest of 20 took %.1f s%n", longest);
    }
  }

  private static void assertStandbySendsClientsToTheLeader(Cluster cluster) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(cluster.url(2) + "/v1/status?file=x")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("location"))
        .hasValue(cluster.url(1) + "/v1/status?file=x");
    assertThat(answer.body()).contains("not leading");
  }

  @Test
  void aLeaderThatWasStoppedAndGoesOnIsNotObeyed() throws Exception {
    String jdbc = database(postgres.getPort(), "stopped");
    try (Cluster cluster = distributing(jdbc, jdbc)) {
      Demands demands = new Demands(cluster.client());
      demands.put();
      int held = cluster.heldBlocks("h2", FILE);
      cluster.signal("master", "STOP");
      assertThat(demands.putAfterOutage()).isLessThan(LIMIT_SECONDS);
      cluster.signal("master", "CONT");
      cluster.await(
          "the old leader knows",
          () -> cluster.log("master").contains("this master leads no longer"));
      MasterClient old = new MasterClient(List.of(URI.create(cluster.url(1))));
      cluster.await(
          "it sends its clients to the new one",
          () -> old.demand(new PutDemand("through-it", 1L, List.of("h2"), 1, null)) != null);
      assertThat(cluster.log("master2")).contains("this master leads, epoch 2");
      assertThat(cluster.log("master2")).doesNotContain("leads no longer");
      assertGoesOn(cluster, held);
      assertStored(demands, "stopped");
    }
  }

  @Test
  void aLeaderThatIsCutOffFromTheDatabaseStepsDownAndStandsByAgainLater() throws Exception {
    try (Relay relay = new Relay(postgres.getPort())) {
      String direct = database(postgres.getPort(), "cut");
      String through = direct.replace(":" + postgres.getPort(), ":" + relay.port());
      try (Cluster cluster = distributing(through, direct)) {
        Demands demands = new Demands(cluster.client());
        demands.put();
        int held = cluster.heldBlocks("h2", FILE);
        relay.cut();
        assertThat(demands.putAfterOutage()).isLessThan(LIMIT_SECONDS);
        assertThat(cluster.log("master2")).contains("this master leads, epoch 2");
        relay.mend();
        cluster.await(
            "the old leader stands by",
            () -> cluster.log("master").contains("this master stands by"));
        assertGoesOn(cluster, held);
        assertStored(demands, "cut");
      }
    }
  }
}
