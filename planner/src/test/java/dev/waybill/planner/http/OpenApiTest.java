package dev.waybill.planner.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.catalogue.DatabaseCatalogue;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document says what the running server does, and the server nothing else. */
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUM = "a".repeat(64);
  private static final String SIGNATURE =
      "{'blocks':1,'size':10,'signedAt':1,'certificates':['AAAA'],'bytes':'AAAA'}";

  @TempDir Path folder;
  private final List<String> wrong = new ArrayList<>();

  private static JsonNode document() throws Exception {
    return JSON.readTree(
        Path.of(System.getProperty("waybill.home"), "docs", "api", "openapi.json").toFile());
  }

  @Test
  void theDocumentHasEveryOperationOfTheServerAndNoOther() throws Exception {
    Set<String> documented = new TreeSet<>();
    document()
        .get("paths")
        .properties()
        .forEach(
            p ->
                p.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        m -> documented.add(m.toUpperCase(Locale.ROOT) + " " + p.getKey())));
    assertThat(documented)
        .isEqualTo(
            new TreeSet<>(
                new MasterApi(
                        () -> null,
                        new Questions(Solvers.named("auto")),
                        null,
                        HttpServer.refusals())
                    .routes()
                    .operations()));
  }

  @Test
  void whatTheServerTakesAndAnswersIsAsDocumented() throws Exception {
    Host a = new Host("a", "x", List.of(), List.of());
    Host b = new Host("b", "x", List.of(), List.of());
    try (Catalogue catalogue = DatabaseCatalogue.open(folder);
        MasterServer server =
            MasterServer.start(
                Fleet.of(new Network(List.of(), List.of(), List.of(a, b))),
                catalogue,
                Solvers.named("auto"),
                new MasterServer.Settings(
                    SolveLimits.standard(),
                    MasterConfig.standard(),
                    new HostPort("127.0.0.1", 0),
                    null,
                    folder,
                    null,
                    null))) {
      URI url = URI.create("http://" + server.address());
      String report =
          "{'host':'a','incarnation':'i','address':'127.0.0.1:1','sequence':1,'seenRevision':0,"
              + "'complete':true,'files':[],'copies':[],'outcomes':[],'brokenOff':[]}";
      ask(url, "post", "/v1/report", "", report, 200);
      ask(url, "get", "/v1/publications", "?name=f", "", 204);
      ask(
          url,
          "post",
          "/v1/publications",
          "",
          "{'name':'f','version':null,'blockSize':10,'expectedSize':null,"
              + "'preparedSeconds':0.5,'origins':['a'],'signature':null}",
          200);
      ask(
          url,
          "post",
          "/v1/blocks",
          "",
          "{'file':'f@1','from':0,'checksums':['"
              + SUM
              + "'],'finalSize':10,'signature':"
              + SIGNATURE
              + "}",
          200);
      ask(url, "post", "/v1/final", "", "{'name':'f'}", 200);
      ask(url, "get", "/v1/manifest", "?file=f@1&from=0", "", 200);
      ask(url, "get", "/v1/publication", "?file=f@1", "", 200);
      ask(url, "get", "/v1/publications", "?name=f", "", 200);
      String demand =
          "{'name':'f','version':null,'hosts':[],'weight':1,'deadlineSeconds':60,"
              + "'fromEpochSeconds':null,'bestEffort':false}";
      ask(url, "post", "/v1/demands", "", demand, 200);
      String held =
          "{'file':'f@1','held':[[0,0]],'prefixLength':10,'missing':0,'published':true,"
              + "'refusal':null}";
      ask(
          url,
          "post",
          "/v1/report",
          "",
          report
              .replace("'sequence':1", "'sequence':2")
              .replace("'files':[]", "'files':[" + held + "]"),
          200);
      ask(url, "get", "/v1/orders", "?host=b&seen=0&wait=0", "", 200);
      ask(url, "get", "/v1/status", "", "", 200);
      ask(url, "get", "/v1/explain", "?host=b&file=f", "", 200);
      ask(url, "post", "/v1/what-if", "", "{'withoutHosts':[],'capacities':{},'files':[]}", 200);
      ask(url, "get", "/v1/trace", "?file=f", "", 200);
      ask(url, "get", "/v1/snapshot", "", "", 200);
      ask(url, "get", "/", "", "", 200);
      ask(url, "post", "/v1/withdrawals", "", "{'name':'f','version':1,'hosts':[]}", 200);
      ask(url, "post", "/v1/withdrawals", "", "{'name':'g','version':1,'hosts':[]}", 404);
      ask(url, "post", "/v1/demands", "", demand.replace("'weight':1", "'weight':-1"), 400);
      ask(url, "get", "/v1/explain", "?host=c&file=f", "", 404);
      ask(url, "get", "/v1/trace", "?file=g", "", 404);
      String enrol = "{'host':'a','secret':'s','publicKey':'k','proof':'p'}";
      ask(url, "post", "/v1/enrol", "", enrol, 409);
      ask(url, "post", "/v1/renew", "", "{'publicKey':'k','proof':'p'}", 409);
    }
    assertThat(wrong).isEmpty();
  }

  private void ask(URI url, String method, String path, String query, String body, int status)
      throws Exception {
    String json = body.replace('\'', '"');
    JsonNode operation = document().get("paths").get(path).get(method);
    String where = method + " " + path;
    if (!json.isEmpty() && status == 200) {
      JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
      check(JSON.readTree(json), schema, where + " request");
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(url.resolve(path + query))
                    .method(
                        method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString(json))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(where + ": " + response.body()).isEqualTo(status);
    JsonNode documented = operation.get("responses").get("" + status);
    assertThat(documented).as(where + " answers " + status).isNotNull();
    String full = response.headers().firstValue("content-type").orElse("");
    String type = full.substring(0, (full + ";").indexOf(';'));
    if (!type.isEmpty() && !type.equals("text/html")) {
      JsonNode schema =
          documented.at("/content/" + type.replace("~", "~0").replace("/", "~1") + "/schema");
      assertThat(schema.isMissingNode()).as(where + " answers " + type).isFalse();
      check(JSON.readTree(response.body()), schema, where + " answer");
    }
  }

  /** As much of JSON Schema as the document uses. */
  private void check(JsonNode value, JsonNode schema, String where) throws Exception {
    if (schema.has("$ref")) {
      check(value, document().at(schema.get("$ref").asText().substring(1)), where);
      return;
    }
    for (String any : List.of("oneOf", "anyOf")) {
      if (schema.has(any)) {
        return;
      }
    }
    if (!hasType(value, schema.get("type"))) {
      wrong.add(where + ": " + value + " is no " + schema.get("type"));
      return;
    }
    if (schema.has("enum") && !value.isNull()) {
      List<String> allowed = new ArrayList<>();
      schema.get("enum").forEach(e -> allowed.add(e.asText()));
      if (!allowed.contains(value.asText())) {
        wrong.add(where + ": " + value + " is not among " + allowed);
      }
    }
    if (schema.has("pattern") && !value.asText().matches(schema.get("pattern").asText())) {
      wrong.add(where + ": " + value + " is not like " + schema.get("pattern"));
    }
    if (schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(value.get(i), schema.get("items"), where + "/" + i);
      }
    }
    if (schema.has("properties")) {
      Set<String> documented = new TreeSet<>();
      schema.get("properties").fieldNames().forEachRemaining(documented::add);
      Set<String> there = new TreeSet<>();
      value.fieldNames().forEachRemaining(there::add);
      if (!there.equals(documented)) {
        wrong.add(where + ": " + there + " where " + documented + " are documented");
      }
      for (String key : documented) {
        if (value.has(key)) {
          check(value.get(key), schema.get("properties").get(key), where + "/" + key);
        }
      }
    }
  }

  private static boolean hasType(JsonNode value, JsonNode type) {
    if (type.isArray()) {
      for (JsonNode t : type) {
        if (hasType(value, t)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "null" -> value.isNull();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      default -> value.isObject();
    };
  }
}
