package dev.waybill.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.runtime.cli.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorCommandTest {
  private static final String MASTER = "http://127.0.0.1:1";

  @TempDir Path dir;

  private record Ended(int status, List<String> complaints) {}

  private static Ended run(String... args) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int status = new CommandLine(List.of(new ExecutorCommand())).run(args);
      List<String> lines =
          err.toString(StandardCharsets.UTF_8)
              .lines()
              .filter(l -> l.startsWith("waybill: "))
              .toList();
      return new Ended(status, lines);
    } finally {
      System.setErr(before);
    }
  }

  private static void assertEnds(Ended ended, int status, String part) {
    assertThat(ended.complaints()).hasSize(1);
    assertThat(ended.complaints().get(0)).contains(part);
    assertThat(ended.status()).isEqualTo(status);
  }

  @Test
  void missingAndMalformedOptionsAreWrongUsage() {
    assertEnds(run("executor", "--id", "a"), 2, "--master is missing");
    assertEnds(run("executor", "--master", MASTER), 2, "--id is missing");
    assertEnds(run("executor", "--master", "nowhere", "--id", "a"), 2, "--master");
    assertEnds(run("executor", "--master", MASTER, "--id", "a b"), 2, "--id is not an identifier");
    assertEnds(
        run("executor", "--master", MASTER, "--id", "a", "--listen", "x"), 2, "--listen: not HOST");
    assertEnds(
        run("executor", "--master", MASTER, "--id", "a", "--listen", "0.0.0.0:0"),
        2,
        "--advertise is missing");
    assertEnds(run("executor", "extra", "--master", MASTER, "--id", "a"), 2, "unexpected argument");
  }

  @Test
  void aTakenPortIsStatusFour() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "127.0.0.1:" + taken.getLocalPort();
      assertEnds(
          run(
              "executor",
              "--master",
              MASTER,
              "--id",
              "a",
              "--listen",
              listen,
              "--data-dir",
              dir.toString()),
          4,
          listen);
    }
  }

  @Test
  void aDataFolderThatCannotBeMadeIsStatusFour() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "x");
    String inside = file.resolve("data").toString();
    assertEnds(
        run("executor", "--master", MASTER, "--id", "a", "--data-dir", inside), 4, file.toString());
  }
}
