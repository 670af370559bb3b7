package dev.waybill.planner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.Status;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.catalogue.DatabaseCatalogue;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.http.HostPort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterServerTest {
  @TempDir Path folder;
  private Catalogue catalogue;
  private MasterServer server;
  private URI url;
  private MasterClient client;

  @BeforeEach
  void start() throws IOException {
    catalogue = DatabaseCatalogue.open(folder);
    server = start(new HostPort("127.0.0.1", 0));
    url = URI.create("http://" + server.address());
    client = new MasterClient(List.of(url));
  }

  private MasterServer start(HostPort listen) throws IOException {
    Host a = new Host("a", "x", List.of(), List.of());
    Host b = new Host("b", "x", List.of(), List.of());
    return MasterServer.start(
        Fleet.of(new Network(List.of(), List.of(), List.of(a, b))),
        catalogue,
        Solvers.named("auto"),
        new MasterServer.Settings(
            SolveLimits.standard(), MasterConfig.standard(), listen, null, folder, null, null));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    catalogue.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /v1/report | {                       | 400",
        "POST | /v1/report | {\"host\": \"a\"}       | 400",
        "POST | /v1/report | null                    | 400",
        "POST | /v1/demands | {\"name\": \"f\", \"name\": \"g\"} | 400",
        "POST | /v1/demands | {\"name\": \"../f\", \"version\": null, \"hosts\": [], \"weight\": 1, \"deadlineSeconds\": null, \"fromEpochSeconds\": null, \"bestEffort\": false} | 400",
        "POST | /v1/demands | {\"name\": \"f\", \"version\": null, \"hosts\": [\"nobody\"], \"weight\": 1, \"deadlineSeconds\": null, \"fromEpochSeconds\": null, \"bestEffort\": false} | 400",
        "POST | /v1/demands | {\"name\": \"f\", \"version\": null, \"hosts\": [], \"weight\": -1, \"deadlineSeconds\": null, \"fromEpochSeconds\": null, \"bestEffort\": false} | 400",
        "POST | /v1/demands | {\"name\": \"f\", \"version\": null, \"hosts\": [], \"weight\": 1, \"deadlineSeconds\": null, \"fromEpochSeconds\": null, \"bestEffort\": false, \"more\": 1} | 400",
        "POST | /v1/publications | {\"name\": \"f\", \"version\": null, \"blockSize\": 0, \"expectedSize\": 9, \"origins\": []} | 400",
        "POST | /v1/blocks | {\"file\": \"f@1\", \"from\": 0, \"checksums\": [\"zz\"], \"finalSize\": null, \"signature\": null} | 400",
        "POST | /v1/blocks | {\"file\": \"f@1\", \"from\": 0, \"checksums\": [], \"finalSize\": null, \"signature\": null} | 404",
        "POST | /v1/final | {\"name\": \"f\"}        | 404",
        "GET | /v1/manifest?file=f&from=0 |          | 400",
        "GET | /v1/manifest?file=f@1&from=0 |        | 404",
        "GET | /v1/manifest?file=f@1&from=x |        | 400",
        "GET | /v1/orders?host=nobody&seen=0&wait=0 | | 404",
        "GET | /v1/nothing |                         | 404",
        "GET | /v1/report |                          | 405",
      })
  void aBadRequestIsRefusedInOneLineAndChangesNothing(
      String method, String path, String body, int status) throws Exception {
    HttpResponse<String> response = send(method, path, body == null ? "" : body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(response.body())
        .contains("\"detail\"")
        .doesNotContain("Exception")
        .doesNotContain("\n");
    assertThat(catalogue.load()).isEmpty();
    assertThat(client.status(null).files()).isEmpty();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aHostThatWaitsForOrdersIsAnsweredAsSoonAsThereAreSome() throws Exception {
    Report report =
        new Report("a", "i", "127.0.0.1:1", 1, 0, true, List.of(), List.of(), List.of(), List.of());
    Orders first = client.report(report).orElseThrow();
    CompletableFuture<Optional<Orders>> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.awaitOrders("a", first.revision(), Duration.ofSeconds(20));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    client.demand(new PutDemand("f", null, List.of("a"), 1, null));

    assertThat(waiting.get().orElseThrow().revision()).isGreaterThan(first.revision());
  }

  @Test
  void aHostWithoutNewsIsAnsweredWithNothingWhenItsWaitIsOver() throws Exception {
    Report report =
        new Report("a", "i", "127.0.0.1:1", 1, 0, true, List.of(), List.of(), List.of(), List.of());
    Orders first = client.report(report).orElseThrow();
    assertThat(client.awaitOrders("a", first.revision(), Duration.ofMillis(50))).isEmpty();
  }

  @Test
  void aSnapshotIsAnInstance() throws Exception {
    client.demand(new PutDemand("f", null, List.of(), 1, null));
    byte[] document = client.snapshot();
    assertThat(InstanceFormat.read(new ByteArrayInputStream(document), "snapshot").name())
        .startsWith("live-");
  }

  @Test
  void aTakenPortIsNamed() {
    assertThatThrownBy(() -> start(server.address()))
        .isInstanceOf(IOException.class)
        .hasMessage(server.address() + ": this address is taken or is not this machine's");
  }

  @Test
  void thePageForPeopleIsServed() throws Exception {
    HttpResponse<String> page = send("GET", "/", "");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Waybill</title>");
  }

  @Test
  void halfSentRequestsByTheHundredSlowNobodyDown() throws Exception {
    List<Socket> half = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket(server.address().host(), server.address().port());
        half.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /v1/report HTTP/1.1\r\nHost: m\r\nContent-Length: 1000\r\n\r\n{\"host\":"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(client.demand(new PutDemand("f", null, List.of("a"), 1, null)).hosts())
            .isEqualTo(1);
      }
    } finally {
      for (Socket socket : half) {
        socket.close();
      }
    }
  }

  @Test
  void whatIsNoHttpIsSaidInStatus() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
      socket.getOutputStream().write("garbage\u0001\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 ");
    }
    assertThat(client.status(null).refused())
        .extracting(Status.Refused::reason)
        .containsExactly("its request is no HTTP that is served here");
  }

  @Test
  void depthBombsAndBodiesWithoutEndAreRefused() throws Exception {
    assertThat(send("POST", "/v1/report", "{\"host\":".repeat(100_000)).statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "/v1/report", " ".repeat(9 << 20)).statusCode()).isEqualTo(413);
    HttpResponse<String> chunked =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(url.resolve("/v1/report"))
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () ->
                                new ByteArrayInputStream(
                                    " ".repeat(9 << 20).getBytes(StandardCharsets.US_ASCII))))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(client.status(null).refused())
        .extracting(Status.Refused::address, Status.Refused::count)
        .contains(tuple("127.0.0.1", 1L), tuple("127.0.0.1", 2L));
    assertThat(client.status(null).hosts()).hasSize(2);
  }
}
