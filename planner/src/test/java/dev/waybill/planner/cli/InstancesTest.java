package dev.waybill.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.PlainText;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The instances of the project: they are what their commands make, and can be planned. */
class InstancesTest {
  private static final Path HOME = Path.of(System.getProperty("waybill.home"));
  private static final Path FOLDER = HOME.resolve("instances");
  private static final int MOST_DEMANDED_BLOCKS = 60_000;

  @TempDir private Path folder;

  /** The public data, where it stands beside the project. */
  private static Path data() {
    return Optional.ofNullable(System.getenv("WAYBILL_SHARED"))
        .map(Path::of)
        .orElseGet(() -> HOME.resolve("../shared"))
        .resolve("data");
  }

  static Stream<String> commands() throws IOException {
    return Files.readAllLines(FOLDER.resolve("commands.txt")).stream()
        .filter(l -> !l.startsWith("#"));
  }

  static Stream<Path> instances() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(f -> f.toString().matches(".*\\.json(\\.gz)?"))
          .filter(f -> !f.endsWith("published.json"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void isWhatItsCommandMakes(String command) throws Exception {
    assumeTrue(
        !command.contains("DATA/") || Files.isDirectory(data()), "the public data is not there");
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.replaceAll(w -> w.replaceFirst("^DATA/", data() + "/"));
    int last = words.size() - 1;
    Path committed = FOLDER.resolve(words.get(last));
    Path made = folder.resolve(words.get(last));
    words.set(last, made.toString());
    Ran ran = Ran.imports(words);
    assertThat(ran.status()).as(ran.err()).isZero();
    // The text: how well it is compressed is up to the JDK's zlib.
    assertThat(PlainText.lines(made)).isEqualTo(PlainText.lines(committed));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("instances")
  void canBePlanned(Path file) throws Exception {
    Problem problem = InstanceFormat.read(file);
    assertThat(file.getFileName().toString()).startsWith(problem.name() + ".json");
    assertThat(problem.description()).isNotEmpty();
    long blocks =
        problem.demands().stream()
            .mapToLong(d -> problem.files().get(d.file()).layout().blockCount())
            .sum();
    assumeTrue(blocks <= MOST_DEMANDED_BLOCKS, "too large to be planned here");
    Solution solution = solve(problem, 1);
    if (solution instanceof Solution.GaveUp) {
      solution = solve(problem, 30);
    }
    assertThat(solution).isInstanceOf(Solution.Planned.class);
    Solution.Planned planned = (Solution.Planned) solution;
    assertThat(ScheduleChecker.check(problem, planned.schedule()).violations()).isEmpty();
    assertThat(planned.schedule().makespan())
        .isGreaterThanOrEqualTo(planned.bound().seconds() * (1 - 1e-9));

    Path schedule = folder.resolve("schedule.json");
    ScheduleFormat.write(planned.schedule(), schedule);
    String schema = Files.readString(HOME.resolve("docs/schema/waybill-schedule-1.schema.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(new ObjectMapper().readTree(schedule.toFile())))
        .isEmpty();
  }

  private static Solution solve(Problem problem, int seconds) {
    SolveLimits limits = new SolveLimits(Duration.ofSeconds(seconds), 0.5, 1);
    return Solvers.named("greedy").solve(problem, limits, SolveMonitor.NONE);
  }

  @Test
  void isNamedInTheReadmeAndPublishedFiguresNameInstances() throws Exception {
    List<String> names = new ArrayList<>();
    String readme = Files.readString(FOLDER.resolve("README.md"));
    for (Path file : instances().toList()) {
      String name = file.getFileName().toString().replaceFirst("\\.json(\\.gz)?$", "");
      names.add(name);
      assertThat(readme).contains("`" + name + "`");
    }
    JsonNode published = new ObjectMapper().readTree(FOLDER.resolve("published.json").toFile());
    names.add("cloudcast-five"); // All five configurations, of which three are here.
    for (Map.Entry<String, JsonNode> e : published.properties()) {
      assertThat(names).contains(e.getKey());
      for (JsonNode figure : e.getValue()) {
        assertThat(figure.properties())
            .extracting(Map.Entry::getKey)
            .containsExactly("system", "value", "unit", "what", "source");
        assertThat(figure.get("value").doubleValue()).isPositive();
      }
    }
  }
}
