package dev.waybill.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import dev.waybill.model.testing.Schemas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of docs/schema say of documents what the readers say, as far as a schema can. */
class SchemaTest {
  /** What is wrong between places of a document, or in how a number is written. */
  private static final Set<String> BEYOND_SCHEMAS =
      Set.of(
          "whole number with a point",
          "2^31 blocks",
          "whole number with an exponent",
          "dangling egress",
          "dangling ingress",
          "dangling resource of a path",
          "dangling host of a holding",
          "dangling file of a holding",
          "dangling host of a generation",
          "dangling file of a generation",
          "dangling sender",
          "dangling receiver",
          "dangling file of a copy",
          "dangling host of a demand",
          "dangling file of a demand",
          "second resource",
          "second host",
          "second file",
          "second path",
          "second holding",
          "second demand",
          "reversed range",
          "overlapping ranges",
          "descending ranges",
          "range with a point",
          "block outside its file",
          "last block that there can be",
          "reversed generation",
          "generation outside its file",
          "reversed copy",
          "copy outside its file");

  static Stream<Path> instances() throws IOException {
    return Schemas.instances().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("instances")
  void acceptsEveryInstanceOfTheProject(Path file) throws Exception {
    assertThat(Schemas.errors(Schemas.of("instance"), Schemas.parse(file))).isEmpty();
  }

  @Test
  void acceptsADocumentWithEveryKey() throws Exception {
    assertThat(errors("instance", Documents.INSTANCE)).isEmpty();
    assertThat(errors("schedule", Documents.SCHEDULE)).isEmpty();
    assertThat(errors("network", Documents.NETWORK)).isEmpty();
  }

  @Test
  void refusesWhatIsMalformedWithinOnePlace() throws Exception {
    Schema schema = Schemas.of("instance");
    List<String> accepted = new ArrayList<>();
    for (MalformedInstances.Spoilt spoilt : MalformedInstances.all().toList()) {
      JsonNode document;
      try {
        document = Schemas.parse(spoilt.text());
      } catch (JacksonException e) {
        continue; // It is no JSON, or has a key twice, before it comes to a schema.
      }
      if (Schemas.errors(schema, document).isEmpty()) {
        accepted.add(spoilt.what());
      }
    }
    assertThat(accepted).containsExactlyInAnyOrderElementsOf(BEYOND_SCHEMAS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"rate\": 5 -> \"rate\": 0",
        "\"start\": 0 -> \"start\": -1",
        "\"first\": 2 -> \"first\": -2",
        "\"first\": 2 -> \"first\": 2.5",
        "\"solver\" -> \"seed\": 1, \"solver\"",
        "\"makespan\": 4.5, -> ",
        "4.5 -> -4.5",
        "\"cost\": 20 -> \"cost\": null",
        "waybill-schedule/1 -> waybill-schedule/2",
        "\"file\": \"f\" -> \"file\": \"../f\"",
      })
  void refusesAMalformedSchedule(String change) throws Exception {
    assertThat(errors("schedule", changed(Documents.SCHEDULE, change))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:7000 -> 127.0.0.1",
        "127.0.0.1:7000 -> :7000",
        "127.0.0.1:7000 -> a:0",
        "\"capacity\": 10 -> \"capacity\": -1",
        "\"resources\" -> \"name\": \"x\", \"resources\"",
        "\"id\": \"b\" -> \"id\": \"b b\"",
      })
  void refusesAMalformedNetwork(String change) throws Exception {
    assertThat(errors("network", changed(Documents.NETWORK, change))).isNotEmpty();
  }

  private static String changed(String document, String change) {
    String[] sides = change.split(" -> ", -1);
    assertThat(document).contains(sides[0]);
    return document.replace(sides[0], sides[1]);
  }

  private static List<?> errors(String format, String document) throws IOException {
    return Schemas.errors(Schemas.of(format), Schemas.parse(document));
  }
}
