package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks' jar, as it is built. */
@Timeout(120)
final class BenchIT {
  @TempDir private Path folder;

  @Test
  void everyRunHasAProcessOfItsOwn() throws Exception {
    String instance =
        Path.of(System.getProperty("waybill.home"), "instances", "three-hosts.json").toString();
    JsonNode document =
        Waybill.run(folder, "bench", instance, "--solvers", "greedy", "--runs", "2", "--json")
            .with(0)
            .json();
    assertThat(document.at("/settings/ownProcesses").booleanValue()).isTrue();
    JsonNode cell = document.at("/instances/0/cells/0");
    assertThat(cell.get("status").asText()).isEqualTo("planned");
    assertThat(cell.at("/ratio/median").doubleValue()).isBetween(1.0, 1.01);
    if (Files.exists(Path.of("/proc/self/status"))) {
      assertThat(cell.get("memoryKind").asText()).isEqualTo("resident");
    }
    assertThat(cell.at("/memoryBytes/min").longValue()).isGreaterThan(10_000_000);
  }

  @Test
  void everyKernelRunsOnce() throws Exception {
    Path figures = folder.resolve("jmh.json");
    Waybill.run(folder, "jmh", "--quick", "--output", figures.toString()).with(0);
    assertThat(figures)
        .content()
        .contains(
            "listSchedule",
            "packTrees",
            "bound",
            "check",
            "readInstance",
            "writeSchedule",
            "answer");
    assertThat(Waybill.run(folder, "jmh", "nothing-is-called-so").line(2)).contains("nothing");
    assertThat(Waybill.run(folder, "jmh", "(").line(2)).contains("REGEX");
  }
}
