package dev.waybill.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.protocol.DemandAccepted;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Status.FileStatus;
import dev.waybill.model.protocol.Status.Held;
import dev.waybill.model.protocol.Status.HostStatus;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Terminal;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.Endpoint;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.HttpServer;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.http.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client commands against a server that answers as a master does. */
@Timeout(60)
final class ClientCommandsTest {
  private static final byte[] SNAPSHOT =
      "{ \"format\" : \"waybill-instance/1\" }\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final AtomicReference<PutDemand> demanded = new AtomicReference<>();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Routes routes =
        new Routes(1 << 20)
            .get("/v1/status", Endpoint.of(e -> Answer.json(status(asked.incrementAndGet()))))
            .get("/v1/snapshot", Endpoint.of(e -> Answer.json(SNAPSHOT)))
            .post(
                "/v1/demands",
                Endpoint.of(
                    e -> {
                      PutDemand demand = e.body(PutDemand.class);
                      if (demand.hosts().contains("nobody")) {
                        throw Refusal.badRequest("there is no host 'nobody'");
                      }
                      demanded.set(demand);
                      return Answer.json(new DemandAccepted(demand.name(), 8));
                    }));
    server = HttpServer.start(new HostPort("127.0.0.1", 0), routes, 8);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Version 1 is done; version 2 is done from the third look on. */
  private static Status status(int look) {
    boolean done = look >= 3;
    FileStatus old = new FileStatus("f", 1, true, 10L, 2, 1, 1, 1.5, 1.6, 1.7);
    FileStatus now =
        new FileStatus("f", 2, done, done ? 10L : null, 2, 2, done ? 2 : 1, 85.94, 90.0, null);
    HostStatus a =
        new HostStatus(
            "a",
            Status.State.UP,
            List.of(
                new Held("f", 1, 2, 2, 10, true, true, Status.Progress.COMPLETE, null),
                new Held("f", 2, 1, 2, 5, true, false, Status.Progress.RECEIVING, null)));
    HostStatus b = new HostStatus("b", Status.State.UNKNOWN, List.of());
    return new Status(
        List.of(old, now),
        List.of(a, b),
        List.of(new Status.Binding("a.up", 1.2e-6)),
        List.of("host:c"),
        List.of(new Status.Suspect("host:c", 5.2, List.of("a: BROKEN, it broke"), 12.0)),
        List.of(new Status.Slow("b.down", 12.5e6, 8e6)),
        List.of(new Status.Refused("10.0.0.9", "the certificate of x is from another CA", 3, 1.5)),
        new Status.Planning(3, 1, 2, 2, 1, null));
  }

  private Ran run(String... words) {
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(List.of("--master", "http://" + server.address(), "--insecure"));
    return Ran.command(all.toArray(String[]::new));
  }

  @Test
  void demandIsHandedOn() {
    Ran ran =
        run("demand", "--file", "f@3", "--hosts", "a,b", "--weight", "2", "--deadline", "1.5");
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).isEqualTo("f@3 is in the file set of 8 hosts\n");
    assertThat(demanded.get()).isEqualTo(new PutDemand("f", 3L, List.of("a", "b"), 2, 1.5));
  }

  @Test
  void demandForAllHostsAndEveryVersionNamesNone() {
    Ran ran = run("demand", "--file", "d/f", "--hosts", "all", "--json");
    assertThat(ran.out().replaceAll("\\s", "")).isEqualTo("{\"name\":\"d/f\",\"hosts\":8}");
    assertThat(demanded.get()).isEqualTo(new PutDemand("d/f", null, List.of(), 1, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demand --file f --hosts nobody     | there is no host 'nobody'",
        "demand --file f                    | --hosts is missing",
        "demand --hosts all                 | --file is missing",
        "demand --file f@x --hosts all      | --file: not NAME@VERSION: 'f@x'",
        "demand --file ../f --hosts all     | --file: a file's name is not a relative path: '../f'",
        "demand --file f --hosts a --weight 0 | --weight: has to be above 0",
        "demand x --file f --hosts a        | unexpected argument 'x'",
        "status --watch --json              | --json prints one document, so it can't --watch",
        "wait                               | --file is missing",
        "wait --file f --timeout soon       | --timeout: not a number of at least 0.0: 'soon'",
        "publish --as f                     | PATH is missing",
        "publish x                          | --as is missing",
        "publish x --as f@1                 | --as: the version goes into --version",
        "publish x --as f --final           | --final stands alone, without PATH",
        "publish - --as f --follow          | --follow: a stream is published as it comes without it",
        "publish - --as f --idle 3          | --idle goes with --follow",
        "publish x --as f --version -1"
            + "| --version: not a whole number from 0 to 9223372036854775807: '-1'",
        "publish x --as f --block-size 0"
            + "| --block-size: not a whole number from 1 to 1073741824: '0'",
        "publish - --as f --block-size 1073741824"
            + "| --block-size: a stream's blocks are kept in memory, so that they have at most"
            + " 67108864 bytes",
      })
  void wrongUsageIsOneLineAndStatusTwo(String words, String line) {
    Ran ran = run(words.strip().split(" +"));
    assertThat(ran.line()).isEqualTo("waybill: " + line);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void moreBlocksThanThereCanBeAreRefused() throws IOException {
    Path sparse = folder.resolve("sparse");
    try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(1L << 31);
    }
    Ran ran = run("publish", sparse.toString(), "--as", "f", "--block-size", "1");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.line()).startsWith("waybill: --block-size: ").contains("2^31 blocks or more");
  }

  @Test
  void aFileThatIsNotThereIsStatusFour() {
    Ran ran = run("publish", folder.resolve("none").toString(), "--as", "f");
    assertThat(ran.status()).isEqualTo(4);
    assertThat(ran.line())
        .isEqualTo("waybill: " + folder.resolve("none") + ": no such file or folder");
    assertThat(run("publish", folder.toString(), "--as", "f").line())
        .isEqualTo("waybill: " + folder + ": is a folder");
  }

  @Test
  void statusShowsFilesHostsAndBottlenecks() {
    Ran ran = run("status");
    assertThat(ran.status()).isZero();
    assertThat(ran.out().lines()).allMatch(l -> l.length() <= Terminal.WIDTH);
    assertThat(ran.out())
        .containsPattern("(?m)^f +1 +done +1 of 1 +1.5 s +1.6 s +1.7 s$")
        .containsPattern("(?m)^f +2 +growing +1 of 2 +85.9 s +90.0 s +-$")
        .containsPattern("(?m)^a +up +f@1 +\\[#{30}\\] +ready$")
        .containsPattern("(?m)^ +f@2 +\\[#{15}-{15}\\] +50.0%$")
        .containsPattern("(?m)^b +unknown +-$")
        .containsPattern("(?m)^bottleneck: a.up +one more MB/s there saves 1.20 s$")
        .contains("out of service: host:c");
  }

  @Test
  void statusOfOneVersionShowsNoOther() {
    Ran ran = run("status", "--file", "f@2");
    assertThat(ran.out()).contains("f@2").doesNotContain("f@1");
  }

  @Test
  void statusAsJsonHasTheKeysOfTheContract() {
    String json = run("status", "--json").out().replaceAll("\\s", "");
    assertThat(json)
        .contains("\"file\":\"f\",\"version\":1,")
        .contains("\"final\":true")
        .contains("\"demands\":1,\"complete\":1")
        .contains("\"atLeastSeconds\":1.5,\"plannedSeconds\":1.6,\"elapsedSeconds\":1.7")
        .contains("\"host\":\"a\",\"state\":\"UP\"")
        .contains("\"heldBlocks\":2,\"blocks\":2,\"prefixLength\":10");
  }

  @Test
  void waitReturnsWhenTheNewestVersionIsComplete() {
    Ran ran = run("wait", "--file", "f", "--timeout", "30");
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).isEqualTo("f@2 is complete on 2 hosts\n");
    assertThat(asked.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void waitForAVersionLooksAtThatOne() {
    assertThat(run("wait", "--file", "f@1").out()).isEqualTo("f@1 is complete on 1 hosts\n");
  }

  @Test
  void waitForAnUnknownFileSaysSoOnceAndEndsWithStatusOne() {
    Ran ran = run("wait", "--file", "g", "--timeout", "0.7");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines())
        .containsExactly(
            "waybill: the master knows no g yet; waiting for it",
            "waybill: g is not complete after 0.7 s");
  }

  @Test
  void waitGoesOnWhileNoMasterAnswers() throws IOException {
    Ran ran =
        Ran.command("wait", "--file", "f", "--timeout", "1.3", "--master", "http://" + closed());
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines()).hasSize(2);
    assertThat(ran.err()).contains("can't be reached").contains("; trying again");
  }

  @Test
  void snapshotIsWrittenAsItIs() throws IOException {
    Path file = folder.resolve("instance.json");
    assertThat(run("snapshot", "--output", file.toString()).status()).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(SNAPSHOT);
    assertThat(run("snapshot").out().getBytes(StandardCharsets.UTF_8)).isEqualTo(SNAPSHOT);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aSnapshotThatCannotBeWrittenIsStatusFour() {
    Ran ran = run("snapshot", "--output", folder.resolve("none/instance.json").toString());
    assertThat(ran.status()).isEqualTo(4);
    assertThat(ran.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"status", "'demand --file f --hosts all'", "snapshot"})
  void anUnreachableMasterIsStatusFour(String words) throws IOException {
    String[] all = (words + " --master http://" + closed()).split(" ");
    Ran ran = Ran.command(all);
    assertThat(ran.status()).isEqualTo(4);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains("can't be reached");
  }

  @Test
  void aMasterThatNeverAnswersIsStatusFour() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Ran ran = Ran.command("status", "--master", "http://127.0.0.1:" + silent.getLocalPort());
      assertThat(ran.status()).isEqualTo(4);
      assertThat(ran.line()).matches("waybill: no master answers within [3-8] s");
    }
  }

  @Test
  void aMasterThatDoesNotAnswerInTimeIsSaidWithTheTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI master = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      MasterClient client = new MasterClient(List.of(master));
      assertThatThrownBy(() -> Masters.ask(client, MasterClient::snapshot, 1.9))
          .isInstanceOfSatisfying(
              CommandFailure.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.UNREACHABLE))
          .hasMessage("no master answers within 1 s");
    }
  }

  @ParameterizedTest
  @CsvSource({"0.4, 4.2", "1, 3.6", "1.8, 3", "4, 6", "100, 8"})
  void aCommandThatTookLongToStartWaitsForAsMuchLonger(double start, double patience) {
    assertThat(Masters.patience(start)).isCloseTo(patience, within(1e-9));
  }

  private static String closed() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }
}
