package dev.waybill.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.testing.RandomCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void whatIsReadIsWhatWasWritten(long firstSeed) throws Exception {
    for (long seed = 100 * firstSeed; seed < 100 * firstSeed + 25; seed++) {
      RandomCase drawn = new RandomCase(seed);
      String text = text(drawn.problem());
      Problem problem = InstanceFormat.read(Documents.stream(text), "seed " + seed);
      assertThat(text(problem)).as("seed %d", seed).isEqualTo(text);
      assertThat(problem.description()).isEqualTo(drawn.problem().description());
      assertThat(problem.network().hosts()).isEqualTo(drawn.problem().network().hosts());
      assertThat(problem.network().resources()).isEqualTo(drawn.problem().network().resources());
      assertThat(problem.network().paths()).isEqualTo(drawn.problem().network().paths());
      assertThat(problem.files()).isEqualTo(drawn.problem().files());
      assertThat(problem.holdings()).isEqualTo(drawn.problem().holdings());
      assertThat(problem.generations()).isEqualTo(drawn.problem().generations());
      assertThat(problem.inProgress()).isEqualTo(drawn.problem().inProgress());
      assertThat(problem.demands()).isEqualTo(drawn.problem().demands());
      assertThat(problem.objective()).isEqualTo(drawn.problem().objective());

      Schedule schedule = drawn.schedule();
      String written = text(schedule);
      assertThat(ScheduleFormat.read(Documents.stream(written), "seed " + seed, problem))
          .isEqualTo(schedule);
    }
  }

  @Test
  void everyKeyOfAnInstanceIsKept() throws Exception {
    Problem problem = small();
    assertThat(withoutSpace(text(problem)))
        .isEqualTo(
            withoutSpace(
                Documents.INSTANCE
                    .replace("\"capacity\": 10}", "\"capacity\": 10.0}")
                    .replace(
                        "\"location\": \"B\",",
                        "\"location\": \"B\", \"egress\": [], \"ingress\": [],")
                    .replace("\"id\": \"g\",", "\"id\": \"g\", \"version\": 1,")
                    .replace("\"rate\": 2}", "\"rate\": 2.0}")
                    .replace("\"start\": -1", "\"start\": -1.0")
                    .replace("\"rate\": 3}", "\"rate\": 3.0}")
                    .replace("\"weight\": 2, \"deadline\": 9", "\"weight\": 2.0, \"deadline\": 9.0")
                    .replace("\"deadline\": null", "\"weight\": 1.0")
                    .replace("\"makespan\": 1,", "\"makespan\": 1.0,")
                    .replace("\"cost\": 2,", "\"cost\": 2.0,")
                    .replace("\"lateness\": 3", "\"lateness\": 3.0")));
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s", "");
  }

  @Test
  void sectionsMayStandInAnyOrder() throws Exception {
    String reversed =
        """
        {"objective": {}, "demands": [{"file": "f", "host": "b"}],
         "inProgress": [{"rate": 1, "start": 0, "last": 0, "first": 0, "to": "b", "from": "a",
                         "file": "f"}],
         "holdings": [{"blocks": [[0, 1]], "file": "f", "host": "a"}],
         "files": [{"blockSize": 1, "size": 2, "id": "f"}],
         "hosts": [{"egress": ["r"], "location": "A", "id": "a"}, {"location": "A", "id": "b"}],
         "paths": [{"via": ["r"], "to": "A", "from": "A"}],
         "resources": [{"capacity": 0, "id": "r"}], "name": "x", "format": "waybill-instance/1"}
        """;
    Problem problem = InstanceFormat.read(Documents.stream(reversed), "it");
    assertThat(problem.network().way("a", "b")).containsExactly("r");
    assertThat(problem.objective().makespan()).isZero();
    assertThat(problem.demands().get(0).weight()).isEqualTo(1);
    assertThat(problem.files().get("f").version()).isEqualTo(1);
  }

  @Test
  void figuresThatAScheduleDoesNotStateAreTakenForWhatTheyAre() throws Exception {
    String bare =
        Documents.SCHEDULE.replace(
            "\"cost\": 20, \"score\": 60, \"solveSeconds\": 0.25", "\"solveSeconds\": 0");
    Schedule schedule = ScheduleFormat.read(Documents.stream(bare), "it", small());
    // Both copies go over r and s, of which s costs 0.5 a byte: (5 + 5) * 0.5.
    assertThat(schedule.cost()).isEqualTo(5);
    // f arrives at -1 + 20/3 by the copy in progress, g at 4.5; the deadline of f is 9.
    double f = -1 + 20 / 3.0;
    assertThat(schedule.score()).isEqualTo(f + 0.5 * (2 * f + 4.5) + 2 * 5);
  }

  @Test
  void networkKeepsItsAddresses() throws Exception {
    Network network = NetworkFormat.read(Documents.stream(Documents.NETWORK), "it");
    assertThat(network.hosts().get("a").address()).isEqualTo("127.0.0.1:7000");
    Path file = folder.resolve("network.json");
    NetworkFormat.write(network, file);
    assertThat(NetworkFormat.read(file).hosts()).isEqualTo(network.hosts());
  }

  @Test
  void addressesAreLeftOutOfInstances() throws Exception {
    Network network = NetworkFormat.read(Documents.stream(Documents.NETWORK), "it");
    Problem small = small();
    Problem problem =
        new Problem(
            "x",
            "",
            network,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            small.objective());
    Problem read = InstanceFormat.read(Documents.stream(text(problem)), "it");
    assertThat(read.network().hosts().get("a").address()).isNull();
  }

  @Test
  void compressesWhatIsCalledSoAndReadsItByContent() throws Exception {
    Path packed = folder.resolve("a.json.gz");
    InstanceFormat.write(small(), packed);
    assertThat(Files.readAllBytes(packed)).startsWith(0x1f, 0x8b);
    Path renamed = Files.move(packed, folder.resolve("a.json"));
    assertThat(text(InstanceFormat.read(renamed))).isEqualTo(text(small()));
  }

  @Test
  void replacesAFileAsAWholeOrNotAtAll() throws Exception {
    Path file = folder.resolve("s.json");
    Files.writeString(file, "as it was");
    Schedule bad = new Schedule("x", "y", Double.NaN, 0, 0, 0, 0, List.of());
    assertThatThrownBy(() -> ScheduleFormat.write(bad, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("makespan is NaN");
    assertThat(file).hasContent("as it was");
    ScheduleFormat.write(new Schedule("x", "y", 0, 0, 0, 0, 0, List.of()), file);
    assertThat(ScheduleFormat.read(file, small()).solver()).isEqualTo("y");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesThroughALinkAndToWhatIsNoFile() throws Exception {
    Path target = Files.writeString(folder.resolve("target.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), target);
    InstanceFormat.write(small(), link);
    assertThat(link).isSymbolicLink();
    assertThat(InstanceFormat.read(target).name()).isEqualTo("small");
    assertThatThrownBy(() -> InstanceFormat.write(small(), folder)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> InstanceFormat.write(small(), folder.resolve("no/such.json")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void summaryLeavesRoomForMoreKeys() throws Exception {
    Schedule schedule =
        new Schedule("x", "y", 3, 2, 1, 0, 0.5, List.of(new Copy("f", "a", "b", 0, 0, 0, 1)));
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      ScheduleFormat.writeSummary(schedule, json);
      json.writeNumberField("copyCount", 1);
      json.writeEndObject();
    }
    assertThat(out)
        .hasToString(
            "{\"format\":\"waybill-schedule/1\",\"instance\":\"x\",\"solver\":\"y\","
                + "\"makespan\":3.0,\"lowerBound\":2.0,\"cost\":1.0,\"score\":0.0,"
                + "\"solveSeconds\":0.5,\"copyCount\":1}");
  }

  @Test
  void laysOutOneElementALine() throws Exception {
    assertThat(text(small()).lines())
        .contains("  \"name\": \"small\",", "    {\"id\": \"r\", \"capacity\": 10.0},");
  }

  private static Problem small() throws Exception {
    return InstanceFormat.read(Documents.stream(Documents.INSTANCE), "it");
  }

  private static String text(Problem problem) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InstanceFormat.write(problem, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String text(Schedule schedule) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ScheduleFormat.write(schedule, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
