package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.benchmarks.Installation;
import dev.waybill.benchmarks.machine.Processes;
import dev.waybill.executor.http.HostAgent;
import dev.waybill.model.protocol.Status;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** TLS between all parties: who is refused, and that the others do not mind. */
@Timeout(180)
final class SecuredIT {
  private static final String FILE = "dir/file.bin";
  private static final Duration TEN_YEARS = Duration.ofDays(3653);

  @TempDir private Path folder;

  /**
   * h1 enrols itself, h2 renews a certificate that ends soon; h3 has one of another authority, h4
   * an expired one, and h5's clock is ten years ahead.
   */
  @Test
  void whoProvesWhoItIsTakesPartAndTheOthersAreRefusedInOneLineEach() throws Exception {
    Installation installation = new Installation(folder);
    try (Cluster cluster = Cluster.ofSecuredMaster(folder, 5, 8e6, installation)) {
      installation.signing(folder.resolve("client-test"));
      String ca = installation.authority().toString();
      String token = Waybill.run(folder, "ca", "token", "--dir", ca, "--host", "h1").with(0).out();
      cluster.startExecutor("h1", "--enrol", token.strip());
      cluster.awaitUp("h1");
      startWith(
          cluster,
          "h2",
          installation.credentials(
              Role.HOST, "h2", Duration.ofMinutes(2), installation.authorities()));
      startWith(
          cluster,
          "h3",
          new Installation(folder.resolve("other"))
              .credentials(Role.HOST, "h3", Duration.ofDays(9), installation.authorities()));
      startWith(
          cluster,
          "h4",
          installation.credentials(
              Role.HOST, "h4", Duration.ofMinutes(-1), installation.authorities()));
      try (AheadOfTime h5 = AheadOfTime.start(folder, cluster, installation)) {
        cluster.awaitUp("h2");
        distribute(cluster, FILE, 40);
        refusedAreNamed(cluster, h5);
      }
      cluster.await(
          "h2 has renewed its certificate",
          () -> cluster.log("h2").contains("new credentials of waybill://host/h2, valid until "));

      aTokenIsGoodOnce(cluster, token.strip());
      plainHttpGetsNothing(cluster);

      installation.credentials(Role.MASTER, "m");
      installation.credentials(Role.HOST, "h2");
      installation.credentials(Role.CLIENT, "test");
      distribute(cluster, "after-rotation", 41);
      cluster.await(
          "the master has taken its new key up",
          () -> {
            cluster.does("status");
            return cluster.log("master").contains("new credentials of waybill://master/m");
          });
    }
  }

  /** Nobody is started anew: first all trust both authorities, then they change over one by one. */
  @Test
  void whileOneAuthorityFollowsAnotherHostsOfBothWorkTogether() throws Exception {
    Installation before = new Installation(folder);
    Installation after = new Installation(folder.resolve("after"));
    List<X509Certificate> both = new ArrayList<>(before.authorities());
    both.addAll(after.authorities());
    Duration days = Duration.ofDays(9);
    try (Cluster cluster = Cluster.ofSecuredMaster(folder, 2, 8e6, before)) {
      before.signing(folder.resolve("client-test"));
      startWith(cluster, "h1", before.credentials(Role.HOST, "h1"));
      cluster.awaitUp("h1");
      startWith(cluster, "h2", after.credentials(Role.HOST, "h2", days, both));
      cluster.await(
          "h2 is from nobody whom the master knows",
          () -> cluster.log("master").contains("waybill://host/h2 is from another CA"));
      before.credentials(Role.MASTER, "m", days, both);
      before.credentials(Role.HOST, "h1", days, both);
      before.credentials(Role.CLIENT, "test", days, both);
      cluster.awaitUp("h2");
      distribute(cluster, "trusted-by-both", 42);

      move(after.credentials(Role.MASTER, "m", days, both), folder.resolve("master-m"));
      move(after.credentials(Role.HOST, "h1", days, both), folder.resolve("host-h1"));
      cluster.await(
          "the master has changed over",
          () -> {
            cluster.does("status");
            return newCredentials(cluster, "master", "waybill://master/m") == 2;
          });
      cluster.await(
          "h1 has changed over", () -> newCredentials(cluster, "h1", "waybill://host/h1") == 2);
      distribute(cluster, "issued-by-the-second", 43);
    }
  }

  /** How often a process has taken up a new key. */
  private static int newCredentials(Cluster cluster, String process, String identity)
      throws IOException {
    return cluster.log(process).split("new credentials of " + identity, -1).length - 1;
  }

  private static void move(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Path name = Path.of(String.valueOf(file.getFileName()));
        Files.move(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void startWith(Cluster cluster, String host, Path credentials) throws Exception {
    cluster.startExecutor(host, "--credentials", credentials.toString());
  }

  private static void distribute(Cluster cluster, String name, long seed) throws Exception {
    Path source = cluster.random("source-" + seed, 4 << 20, seed);
    cluster.does("publish", source.toString(), "--as", name, "--to", "h1");
    cluster.does("demand", "--file", name, "--hosts", "all", "--best-effort");
    cluster.await("h2 has " + name, () -> Files.exists(cluster.file("h2", name)));
    cluster.assertSame(source, name, "h1", "h2");
  }

  private static void refusedAreNamed(Cluster cluster, AheadOfTime h5) throws Exception {
    for (String line :
        List.of(
            "127.0.0.1 is refused: the certificate of waybill://host/h3 is from another CA",
            "127.0.0.1 is refused: the certificate of waybill://host/h4 expired at ",
            "127.0.0.1 is refused: it refuses the certificate of this side; its log says why")) {
      cluster.await("the master says: " + line, () -> cluster.log("master").contains(line));
    }
    cluster.await(
        "h4 knows",
        () -> cluster.log("h4").contains("the certificate of waybill://host/h4 expired"));
    cluster.await("h5 knows", () -> h5.says("the certificate of waybill://master/m expired at "));
    assertThat(cluster.does("status").out())
        .contains("refused: 127.0.0.1: the certificate of waybill://host/h3 is from another CA (")
        .contains("refused: 127.0.0.1: the certificate of waybill://host/h4 expired at ")
        .contains(
            "refused: 127.0.0.1: it refuses the certificate of this side; its log says why (");
    assertThat(cluster.client().status(null).hosts())
        .filteredOn(h -> List.of("h3", "h4", "h5").contains(h.host()))
        .allMatch(h -> h.state() != Status.State.UP);
  }

  private void aTokenIsGoodOnce(Cluster cluster, String token) throws Exception {
    Ended again =
        Waybill.run(
            folder,
            "executor",
            "--id",
            "h1",
            "--master",
            cluster.url(),
            "--data-dir",
            folder.resolve("again").toString(),
            "--enrol",
            token);
    assertThat(again.line(2)).isEqualTo("waybill: --enrol: this token has been used, by h1");
  }

  private static void plainHttpGetsNothing(Cluster cluster) throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(cluster.url(1)).getPort())) {
      socket
          .getOutputStream()
          .write("GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP");
    }
  }

  /** What the launcher archives classes from, whose failure it does not mind. */
  @Test
  void clientsAreTrainedForBothKindsOfConnections() throws Exception {
    Installation installation = new Installation(folder);
    Path client = installation.credentials(Role.CLIENT, "test");
    installation.signing(client);
    Process training =
        new ProcessBuilder(
                Processes.java(),
                "-cp",
                Waybill.jar("executor").toString(),
                "dev.waybill.executor.cli.ClientTraining",
                installation.credentials(Role.MASTER, "m").toString(),
                installation.credentials(Role.HOST, "host").toString(),
                client.toString())
            .start();
    assertThat(training.waitFor()).isZero();
  }

  @Test
  void whoListensToOthersWantsCredentials() throws Exception {
    Path network = cluster(folder);
    for (List<String> process :
        List.of(
            List.of("master", "--network", network.toString()),
            List.of("executor", "--master", "http://127.0.0.1:1", "--id", "a"))) {
      List<String> words = new ArrayList<>(process);
      words.addAll(
          List.of(
              "--listen", "0.0.0.0:0", "--advertise", "127.0.0.1:0", "--data-dir", "" + folder));
      assertThat(Waybill.run(folder, words.toArray(String[]::new)).line(2))
          .contains("without credentials whoever reaches 0.0.0.0:0 can ")
          .contains("--insecure to go without");
    }
    assertThat(
            Waybill.run(
                    folder,
                    "master",
                    "--network",
                    folder.resolve("none.json").toString(),
                    "--listen",
                    "0.0.0.0:0",
                    "--insecure")
                .with(4)
                .err())
        .contains("--insecure: whoever reaches 0.0.0.0:0 can publish, demand, withdraw, and read");
  }

  private static Path cluster(Path folder) throws Exception {
    return Files.writeString(
        folder.resolve("one.json"),
        """
        {"format": "waybill-network/1", "resources": [], "paths": [],
         "hosts": [{"id": "a", "location": "x"}]}""");
  }

  /** An executor in this process, whose clock is ten years ahead. */
  private record AheadOfTime(HostAgent agent, ListAppender<ILoggingEvent> logged)
      implements AutoCloseable {
    static AheadOfTime start(Path folder, Cluster cluster, Installation installation)
        throws Exception {
      ListAppender<ILoggingEvent> logged = new ListAppender<>();
      logged.start();
      ((Logger) LoggerFactory.getLogger("executor")).addAppender(logged);
      Credentials credentials =
          Credentials.open(
              installation.credentials(Role.HOST, "h5"),
              Clock.offset(Clock.systemUTC(), TEN_YEARS));
      HostAgent agent =
          HostAgent.start(
              new HostAgent.Settings(
                  List.of(URI.create(cluster.url(1))),
                  "h5",
                  new HostPort("127.0.0.1", 0),
                  null,
                  folder.resolve("data-h5"),
                  credentials));
      return new AheadOfTime(agent, logged);
    }

    boolean says(String line) {
      return List.copyOf(logged.list).stream()
          .anyMatch(e -> e.getFormattedMessage().contains(line));
    }

    @Override
    public void close() throws IOException {
      agent.close();
      ((Logger) LoggerFactory.getLogger("executor")).detachAppender(logged);
    }
  }
}
