package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Planning on files, from instance to verdict. */
@Timeout(120)
final class PlanIT {
  /** a, which holds everything, sends to b; c has another place, and no path leads there. */
  private static final String INSTANCE =
      """
      {"format": "waybill-instance/1",
       "name": "three-hosts",
       "resources": [{"id": "a.up", "capacity": 100}, {"id": "c.down", "capacity": 50}],
       "hosts": [{"id": "a", "location": "x", "egress": ["a.up"]},
                 {"id": "b", "location": "x"},
                 {"id": "c", "location": "y", "ingress": ["c.down"]}],
       "files": [{"id": "f", "size": 1000, "blockSize": 100}],
       "holdings": [{"host": "a", "file": "f", "blocks": [[0, 9]]}],
       "demands": [{"host": "b", "file": "f"}]}
      """;

  @TempDir private Path folder;

  private Ended run(String... words) throws Exception {
    return Waybill.run(folder, words);
  }

  private String write(String name, byte[] bytes) throws Exception {
    Path path = folder.resolve(name);
    if (!name.endsWith(".gz")) {
      return Files.write(path, bytes).toString();
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(bytes);
    }
    return path.toString();
  }

  private String write(String name, String text) throws Exception {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(String name) throws Exception {
    try (InputStream in = Files.newInputStream(Path.of(name));
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> keys(JsonNode node) {
    return node.properties().stream().map(e -> e.getKey()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {".json", ".json.gz"})
  void aPlanThatIsWrittenIsValid(String suffix) throws Exception {
    String instance = write("instance" + suffix, INSTANCE);
    String schedule = folder.resolve("schedule" + suffix).toString();
    JsonNode plan = run("plan", instance, "--output", schedule, "--json").with(0).json();
    assertThat(keys(plan))
        .contains(
            "format",
            "instance",
            "solver",
            "makespan",
            "lowerBound",
            "cost",
            "score",
            "solveSeconds",
            "ratio",
            "copyCount",
            "bottlenecks")
        .doesNotContain("copies");
    assertThat(plan.get("makespan").doubleValue()).isEqualTo(10);
    assertThat(plan.get("ratio").doubleValue()).isEqualTo(1);
    assertThat(plan.get("copyCount").intValue()).isPositive();
    assertThat(plan.get("bottlenecks").findValuesAsText("resource")).containsExactly("a.up");
    assertThat(plan.get("bottlenecks").get(0).get("secondsPerUnit").isNumber()).isTrue();

    JsonNode verdict = run("verify", instance, schedule, "--json").with(0).json();
    assertThat(keys(verdict)).contains("violations", "makespan", "cost", "score");
    assertThat(verdict.get("violations").intValue()).isZero();
    assertThat(verdict.get("makespan")).isEqualTo(plan.get("makespan"));

    String twice = read(schedule).replaceAll("\"rate\": ?100(\\.0)?", "\"rate\":200.0");
    String broken = write("broken" + suffix, twice);
    JsonNode no = run("verify", instance, broken, "--json").with(1).json();
    assertThat(no.get("violations").intValue()).isPositive();
    assertThat(run("verify", instance, broken).with(1).out()).contains("a.up");
  }

  @Test
  void whatIsProvenIsSaidWithoutPlanning() throws Exception {
    String due = INSTANCE.replace("\"file\": \"f\"}]}", "\"file\": \"f\", \"deadline\": 9}]}");
    assertThat(due).isNotEqualTo(INSTANCE);
    String instance = write("due.json", due);
    JsonNode bound = run("plan", instance, "--bound-only", "--json").with(0).json();
    assertThat(keys(bound))
        .containsExactly(
            "instance",
            "lowerBound",
            "because",
            "scoreBound",
            "bottlenecks",
            "impossibleDeadlines",
            "boundSeconds");
    assertThat(bound.get("lowerBound").doubleValue()).isEqualTo(10);
    JsonNode impossible = bound.get("impossibleDeadlines").get(0);
    assertThat(impossible.get("demands").get(0).get("host").textValue()).isEqualTo("b");
    assertThat(impossible.get("atLeast").doubleValue()).isEqualTo(10);
    String text = run("plan", instance, "--bound-only").with(0).out();
    assertThat(text).contains("lower bound").contains("impossible").contains("f at b by 9.00000 s");
    assertThat(run("plan", instance).with(0).out()).contains("f at b by 9.00000 s");
  }

  @Test
  void whatCannotBeMetIsStatusThree() throws Exception {
    String toBoth =
        INSTANCE.replace("{\"host\": \"b\", \"file\": \"f\"}", "{\"host\":\"c\",\"file\":\"f\"}");
    assertThat(run("plan", write("cut-off.json", toBoth)).line(3))
        .contains("infeasible")
        .contains("f")
        .contains("c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "size": 1000        | "size": -1                  | /files/0/size
          "size": 1000        | "size": 1e400               | /files/0/size
          [[0, 9]]            | [[9, 0]]                    | /holdings/0/blocks/0
          [[0, 9]]            | [[0, 5], [5, 9]]            | /holdings/0/blocks/1
          "host": "b"         | "host": "nobody"            | /demands/0/host
          "capacity": 50      | "capacity": 50, "x": 1      | /resources/1/x
          """)
  void aMalformedInstanceIsStatusTwoWithThePlace(String good, String bad, String place)
      throws Exception {
    assertThat(INSTANCE).contains(good);
    String file = write("malformed.json", INSTANCE.replace(good, bad));
    assertThat(run("plan", file).line(2)).contains(file).contains(place);
  }

  @Test
  void whatIsNoInstanceIsStatusTwoAndWhatIsNotThereFour() throws Exception {
    String whole = write("whole.json.gz", INSTANCE);
    byte[] bytes = Files.readAllBytes(Path.of(whole));
    Path cut = Files.write(folder.resolve("cut.json.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(run("plan", cut.toString()).line(2)).contains(cut.toString());
    assertThat(run("plan", write("empty.json", "")).line(2)).contains("empty.json");
    assertThat(run("plan", folder + "/none.json").line(4)).contains("none.json");
    assertThat(run("plan").line(2)).contains("INSTANCE is missing");
    String instance = write("instance.json", INSTANCE);
    assertThat(run("verify", instance, instance).line(2)).contains(instance);
    assertThat(run("plan", instance, "--output", folder + "/none/s.json").line(4)).contains("none");
  }

  @Test
  void anInstanceThatIsImportedCanBePlanned() throws Exception {
    String gml =
        """
        graph [
          node [ id 0 label "A" ]
          node [ id 1 label "B" ]
          edge [ source 0 target 1 LinkSpeedRaw 8000 ]
        ]
        """;
    String file = write("two.gml", gml);
    String instance = folder.resolve("two.json.gz").toString();
    run("import", "topology-zoo", file, "--source", "A", "--size", "3000", "--output", instance)
        .with(0);
    JsonNode plan = run("plan", instance, "--json").with(0).json();
    assertThat(plan.get("makespan").doubleValue()).isEqualTo(3);

    String slow = write("slow.gml", gml.replace("LinkSpeedRaw 8000", ""));
    assertThat(run("import", "topology-zoo", slow, "--source", "A", "--output", instance).line(2))
        .contains(slow + ": line 4: edge from A to B has no LinkSpeedRaw");
  }
}
