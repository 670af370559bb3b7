package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What goes on every host is small, and can't plan. */
final class ExecutorJarIT {
  private static final long MAX_BYTES = 10_000_000;

  @Test
  void itIsSmall() throws IOException {
    assertThat(Files.size(Waybill.jar("executor"))).isLessThan(MAX_BYTES);
  }

  @Test
  void noSolverDatabaseOrHttpServerIsInIt() throws IOException {
    try (ZipFile jar = new ZipFile(Waybill.jar("executor").toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertThat(names).contains("dev/waybill/executor/cli/ExecutorMain.class");
      assertThat(names)
          .noneMatch(n -> n.startsWith("dev/waybill/planner/"))
          .noneMatch(n -> n.startsWith("com/google/ortools/"))
          .noneMatch(n -> n.startsWith("org/optaplanner/"))
          .noneMatch(n -> n.startsWith("org/sqlite/"))
          .noneMatch(n -> n.startsWith("org/eclipse/jetty/"));
    }
  }
}
