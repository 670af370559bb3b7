package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, as real processes get it. */
@Timeout(180)
final class InterruptIT {
  /** So many that a plan is soon found, but the search for better ones takes a while. */
  private static final int HOSTS = 4000;

  @TempDir private Path folder;

  /** Hosts at one place whose uploads are short, and a file of 1000 blocks at the first. */
  private Path large() throws IOException {
    List<Object> resources = new ArrayList<>();
    List<Object> hosts = new ArrayList<>();
    List<Object> demands = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      String id = "h" + i;
      resources.add(Map.of("id", id + ".up", "capacity", 2_000_000 + 1_000 * (i * 7919 % 8000)));
      resources.add(Map.of("id", id + ".down", "capacity", 50_000_000));
      hosts.add(
          Map.of(
              "id",
              id,
              "location",
              "here",
              "egress",
              List.of(id + ".up"),
              "ingress",
              List.of(id + ".down")));
      if (i > 0) {
        demands.add(Map.of("host", id, "file", "f"));
      }
    }
    Map<String, Object> instance = new TreeMap<>();
    instance.put("format", "waybill-instance/1");
    instance.put("name", "large");
    instance.put("resources", resources);
    instance.put("hosts", hosts);
    instance.put(
        "files", List.of(Map.of("id", "f", "size", 1_000_000_000, "blockSize", 1_000_000)));
    instance.put(
        "holdings", List.of(Map.of("host", "h0", "file", "f", "blocks", List.of(List.of(0, 999)))));
    instance.put("demands", demands);
    Path file = folder.resolve("large.json");
    Files.write(file, new ObjectMapper().writeValueAsBytes(instance));
    return file;
  }

  /** Sends SIGINT as soon as standard error says {@code word}, and waits for the end. */
  private Ended interruptedAt(String word, String... words) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        Waybill.process(List.of(words))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      while (process.isAlive() && !Files.readString(err).contains(word)) {
        Thread.sleep(20);
      }
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(Files.readString(err)).isTrue();
      return new Ended(
          List.of(words), process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void planTakesTheBestPlanSoFarAndWritesIt() throws Exception {
    String instance = large().toString();
    String schedule = folder.resolve("schedule.json.gz").toString();
    Ended ended =
        interruptedAt("makespan", "plan", instance, "--solver", "greedy", "--output", schedule)
            .with(0);
    assertThat(ended.err()).contains("interrupted").contains("best plan so far");
    assertThat(ended.out()).contains("makespan", "lower bound", schedule);
    Waybill.run(folder, "verify", instance, schedule).with(0);
  }

  @Test
  void benchPrintsWhatIsComplete() throws Exception {
    String small =
        Path.of(System.getProperty("waybill.home"), "instances", "three-hosts.json").toString();
    Path report = folder.resolve("report");
    Ended ended =
        interruptedAt(
                "[1/2]",
                "bench",
                small,
                large().toString(),
                "--solvers",
                "greedy",
                "--report",
                report.toString())
            .with(0);
    assertThat(ended.err()).contains("interrupted after 1 of 2 runs");
    assertThat(ended.out()).contains("three-hosts").doesNotContain("large");
    assertThat(new ObjectMapper().readTree(report.resolve("bench.json").toFile()).get("complete"))
        .isEqualTo(com.fasterxml.jackson.databind.node.BooleanNode.FALSE);
    assertThat(report.resolve("index.html")).content().contains("Interrupted");
  }
}
