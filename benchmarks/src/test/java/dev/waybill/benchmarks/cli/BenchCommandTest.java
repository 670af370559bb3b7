package dev.waybill.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waybill.benchmarks.compare.Instances;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.planner.solve.Task;
import dev.waybill.runtime.cli.CommandLine;
import dev.waybill.runtime.cli.Interruption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bench}, run whole in this process. */
class BenchCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private record Ran(int status, String out, String err) {}

  private Ran bench(Function<String, Solver> solvers, String... words) {
    List<String> args = new ArrayList<>(List.of("bench", "--in-process", "--time-limit", "20"));
    args.addAll(List.of(words));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int status =
          new CommandLine(List.of(new BenchCommand(new Interruption(), solvers)))
              .run(args.toArray(String[]::new));
      return new Ran(
          status,
          printed.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private String small() throws Exception {
    return Instances.write(Instances.equal("small", 4, 6, Objective.MAKESPAN), folder).toString();
  }

  private String priced() throws Exception {
    Objective mixed = new Objective(1, 0, 2, 0);
    return Instances.write(Instances.equal("priced", 3, 4, mixed), folder).toString();
  }

  private String read(String name) throws Exception {
    return Files.readString(folder.resolve("report").resolve(name));
  }

  private static JsonNode cell(JsonNode document, String instance, String solver) {
    for (JsonNode i : document.get("instances")) {
      for (JsonNode c : i.get("cells")) {
        if (i.at("/instance/name").asText().equals(instance)
            && c.get("solver").asText().equals(solver)) {
          return c;
        }
      }
    }
    throw new AssertionError("no cell " + instance + ", " + solver + " in " + document);
  }

  @Test
  void reportsWhatTheCheckerSaysOfTheSchedulesThatItKeeps() throws Exception {
    String report = folder.resolve("report").toString();
    List<String> files = List.of(small(), priced());
    Ran ran =
        bench(
            Solvers::named,
            files.get(0),
            files.get(1),
            "--solvers",
            "auto,greedy",
            "--report",
            report);
    assertThat(ran.status).as(ran.err).isZero();

    JsonNode document = JSON.readTree(read("bench.json"));
    assertThat(document.get("format").asText()).isEqualTo("waybill-bench/1");
    assertThat(document.get("complete").booleanValue()).isTrue();
    for (String file : files) {
      Problem problem = InstanceFormat.read(Path.of(file));
      for (String solver : List.of("auto", "greedy")) {
        JsonNode cell = cell(document, problem.name(), solver);
        assertThat(cell.get("status").asText()).isEqualTo("planned");
        Schedule schedule =
            ScheduleFormat.read(Path.of(report, cell.get("schedule").asText()), problem);
        Verdict verdict = ScheduleChecker.check(problem, schedule);
        assertThat(verdict.violations()).isEmpty();
        for (String figure : List.of("median", "min", "max")) {
          assertThat(cell.get("makespan").get(figure).doubleValue()).isEqualTo(verdict.makespan());
          assertThat(cell.get("score").get(figure).doubleValue()).isEqualTo(verdict.score());
          assertThat(cell.get("cost").get(figure).doubleValue()).isEqualTo(verdict.cost());
        }
        assertThat(cell.at("/copies/median").intValue()).isEqualTo(schedule.copies().size());
        assertThat(cell.at("/ratio/median").doubleValue()).isGreaterThanOrEqualTo(1 - 1e-9);
        assertThat(cell.at("/firstSeconds/median").doubleValue())
            .isLessThanOrEqualTo(cell.at("/solveSeconds/median").doubleValue());
        assertThat(cell.get("memoryKind").asText()).isEqualTo("heap");
      }
    }
    assertThat(ran.out).contains("small", "priced", "greedy", "auto", "index.html");
    assertThat(ran.err.lines()).hasSize(4);
  }

  @Test
  void writesARowACellWithNumbersAsValuesBetweenCommas() throws Exception {
    String report = folder.resolve("report").toString();
    bench(Solvers::named, small(), priced(), "--solvers", "auto,greedy", "--report", report);
    List<String> lines = read("bench.csv").lines().toList();
    assertThat(lines).hasSize(5);
    List<String> head = List.of(lines.get(0).split(",", -1));
    assertThat(head).contains("instance", "solver", "status", "makespan_s", "ratio", "solve_s");
    JsonNode document = JSON.readTree(read("bench.json"));
    for (String line : lines.subList(1, 5)) {
      String[] row = line.split(",", -1);
      assertThat(row).hasSize(head.size());
      JsonNode cell = cell(document, row[0], row[head.indexOf("solver")]);
      assertThat(Double.parseDouble(row[head.indexOf("makespan_s")]))
          .isEqualTo(cell.at("/makespan/median").doubleValue());
    }
  }

  @Test
  void thePageNeedsNothingElseAndItsDrawingsAreWellFormed() throws Exception {
    String published =
        """
        {"small": [{"system": "Them", "value": 12.5, "unit": "s", "what": "makespan",
                    "source": "their paper"}]}
        """;
    Files.writeString(folder.resolve("published.json"), published);
    String report = folder.resolve("report").toString();
    bench(Solvers::named, small(), priced(), "--solvers", "auto,greedy", "--report", report);
    String page = read("index.html");
    assertThat(page).doesNotContain("http", "<script", "<link", "<img", "url(", "@import", "src=");
    assertThat(page).contains("2 solvers on 2 instances", "small", "priced", "Them", "their paper");
    assertThat(page).contains("for &lt;tests&gt; &amp; &quot;quotes&quot;");
    Matcher drawing = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
    int drawings = 0;
    while (drawing.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(drawing.group().getBytes(StandardCharsets.UTF_8)));
      drawings++;
    }
    // One overview, and for both instances the convergence and two schedules, beside small marks.
    assertThat(drawings).isGreaterThan(7);
    assertThat(page).doesNotContain("NaN", "Infinity", "null");
  }

  @Test
  void printsOneDocumentAndNothingElseWithJson() throws Exception {
    Ran ran = bench(Solvers::named, small(), "--solvers", "greedy", "--runs", "3", "--json");
    JsonNode document = JSON.readTree(ran.out);
    assertThat(ran.err).isEmpty();
    JsonNode cell = cell(document, "small", "greedy");
    assertThat(cell.get("runs")).hasSize(3);
    assertThat(cell.get("runs").findValuesAsText("seed")).containsExactly("1", "2", "3");
    assertThat(cell.get("plannedRuns").intValue()).isEqualTo(3);
    assertThat(cell.get("schedule").isNull()).isTrue();
  }

  /** Solvers with a fault each; the others are the real ones. */
  private static Solver faulty(String name) {
    return switch (name) {
      case "broken" ->
          solver(
              name,
              problem -> {
                throw new IllegalStateException("out of order");
              });
      case "narrow" -> solver(name, problem -> new Solution.Unsupported("too wide for me"));
      case "weary" -> solver(name, problem -> new Solution.GaveUp("tired"));
      case "liar" ->
          solver(
              name,
              problem ->
                  new Solution.Planned(
                      new Schedule(problem.name(), name, 1, 0, 0, 1, 0, List.of()), Bound.NOTHING));
      default -> Solvers.named(name);
    };
  }

  private static Solver solver(String name, Function<Problem, Solution> answer) {
    return new Solver() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Solution solve(Task task, SolveLimits limits, SolveMonitor monitor) {
        return answer.apply(task.problem());
      }
    };
  }

  @Test
  void aSolverThatFailsShowsInItsCellAndEndsNothing() throws Exception {
    String cutOff = Instances.write(Instances.cutOff("cut-off"), folder).toString();
    String report = folder.resolve("report").toString();
    Ran ran =
        bench(
            BenchCommandTest::faulty,
            cutOff,
            small(),
            "--solvers",
            "broken,narrow,weary,liar,greedy",
            "--report",
            report);
    assertThat(ran.status).as(ran.err).isZero();
    JsonNode document = JSON.readTree(read("bench.json"));
    assertThat(cell(document, "cut-off", "greedy").get("status").asText()).isEqualTo("infeasible");
    assertThat(cell(document, "cut-off", "greedy").get("reason").asText()).contains("h3");
    assertThat(cell(document, "small", "broken").get("status").asText()).isEqualTo("crashed");
    assertThat(cell(document, "small", "broken").get("reason").asText()).contains("out of order");
    assertThat(cell(document, "small", "narrow").get("status").asText()).isEqualTo("unsupported");
    assertThat(cell(document, "small", "weary").get("status").asText()).isEqualTo("gave up");
    assertThat(cell(document, "small", "liar").get("status").asText()).isEqualTo("defective");
    assertThat(cell(document, "small", "greedy").get("status").asText()).isEqualTo("planned");
    assertThat(ran.out).contains("too wide for me", "infeasible", "defective");
    assertThat(read("index.html")).contains("too wide for me", "infeasible", "defective");
  }

  @Test
  void runsNothingWhereAnInstanceIsMalformedOrASolverUnknown() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"format\": 7}");
    Function<String, Solver> forbidden =
        name ->
            solver(
                name,
                problem -> {
                  throw new AssertionError("was run");
                });
    Ran malformed = bench(forbidden, small(), bad.toString(), "--solvers", "greedy");
    assertThat(malformed.status).isEqualTo(2);
    assertThat(malformed.err.lines()).singleElement().asString().contains("bad.json", "/format");
    Ran unknown = bench(Solvers::named, small(), "--solvers", "greedy,none");
    assertThat(unknown.status).isEqualTo(2);
    assertThat(unknown.err.lines()).singleElement().asString().contains("none");
    Ran nothing = bench(Solvers::named);
    assertThat(nothing.status).isEqualTo(2);
    Ran absent = bench(Solvers::named, folder.resolve("absent.json").toString());
    assertThat(absent.status).isEqualTo(4);
  }

  @Test
  void tellsInstancesOfOneNameApart() throws Exception {
    String first = small();
    Path other = Files.copy(Path.of(first), folder.resolve("copy.json"));
    Ran ran = bench(Solvers::named, first, other.toString(), "--solvers", "greedy", "--json");
    assertThat(JSON.readTree(ran.out).findValuesAsText("name"))
        .containsExactly("small (" + first + ")", "small (" + other + ")");
  }
}
