package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that can't do what they are asked to: the documented status, and one line. */
@Timeout(120)
final class RefusalIT {
  private static final String NETWORK =
      """
      {"format": "waybill-network/1",
       "resources": [{"id": "a.up", "capacity": 1000}],
       "paths": [],
       "hosts": [{"id": "a", "location": "x", "egress": ["a.up"]}]}
      """;

  @TempDir private Path folder;

  private Ended run(String... words) throws Exception {
    return Waybill.run(folder, words);
  }

  private String write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void anExecutorThatTheMasterDoesNotKnowEnds() throws Exception {
    try (Cluster cluster = Cluster.ofMaster(folder, 1, 1e6)) {
      cluster.startExecutor("h1");
      cluster.awaitUp("h1");
      Ended ended = cluster.run("executor", "--id", "h9", "--data-dir", folder + "/h9");
      ended.with(2);
      assertThat(ended.err().lines().filter(l -> l.startsWith("waybill: ")))
          .containsExactly("waybill: the master knows no host 'h9'");
      assertThat(ended.err()).doesNotContain("\tat ");
      assertThat(cluster.run("demand", "--file", "f", "--hosts", "h9").line(2)).contains("'h9'");
    }
  }

  @Test
  void aTakenPortIsStatusFour() throws Exception {
    String network = write("network.json", NETWORK);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "127.0.0.1:" + taken.getLocalPort();
      String data = folder.resolve("data").toString();
      String[] executor = {"--master", "http://127.0.0.1:9", "--id", "a"};
      assertThat(
              run(
                      "executor",
                      executor[0],
                      executor[1],
                      executor[2],
                      executor[3],
                      "--listen",
                      listen,
                      "--data-dir",
                      data)
                  .line(4))
          .contains(listen);
      assertThat(
              run("master", "--network", network, "--listen", listen, "--data-dir", data + "-m")
                  .line(4))
          .contains(listen);
    }
  }

  @Test
  void aDataFolderThatCannotBeIsStatusFour() throws Exception {
    String network = write("network.json", NETWORK);
    String inside = write("file", "x") + "/data";
    assertThat(
            run("executor", "--master", "http://127.0.0.1:9", "--id", "a", "--data-dir", inside)
                .line(4))
        .contains(folder.resolve("file").toString());
    assertThat(
            run("master", "--network", network, "--listen", "127.0.0.1:0", "--data-dir", inside)
                .line(4))
        .contains(folder.resolve("file").toString());
  }

  @Test
  void aDataFolderBelongsToOneExecutor() throws Exception {
    try (Cluster cluster = Cluster.start(folder, 1, 1e6)) {
      String data = cluster.data("h1").toString();
      assertThat(cluster.run("executor", "--id", "h1", "--data-dir", data).line(4))
          .contains("another executor uses this data folder");
    }
  }

  @Test
  void clientsOfAMasterThatIsNotThereEndSoon() throws Exception {
    String url = "http://127.0.0.1:" + Cluster.freePort();
    for (String[] words :
        new String[][] {
          {"status", "--master", url},
          {"demand", "--master", url, "--file", "f", "--hosts", "all"},
          {"snapshot", "--master", url}
        }) {
      long startNanos = System.nanoTime();
      assertThat(run(words).line(4)).contains(url);
      assertThat((System.nanoTime() - startNanos) / 1e9).as("seconds").isLessThan(5);
    }
  }

  @Test
  void aMasterThatTakesTheCallAndSaysNothingCountsAsNotThere() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();
      long startNanos = System.nanoTime();
      run("status", "--master", url).line(4);
      assertThat((System.nanoTime() - startNanos) / 1e9).as("seconds").isLessThan(5.5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "capacity": 1000    | "capacity": -1              | /resources/0/capacity
          "capacity": 1000    | "capacity": "much"          | /resources/0/capacity
          ["a.up"]            | ["b.up"]                    | /hosts/0/egress/0
          "paths": [],        | "paths": [], "more": 1,     | /more
          "location": "x"     | "location": "x", "id": "b"  | /hosts/0
          "id": "a", "locat   | "locat                      | /hosts/0
          """)
  void aMalformedNetworkIsStatusTwoWithThePlace(String good, String bad, String place)
      throws Exception {
    assertThat(NETWORK).contains(good);
    String file = write("network.json", NETWORK.replace(good, bad));
    assertThat(
            run(
                    "master",
                    "--network",
                    file,
                    "--listen",
                    "127.0.0.1:0",
                    "--data-dir",
                    folder + "/data")
                .line(2))
        .contains(file)
        .contains(place);
  }
}
