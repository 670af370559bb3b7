package dev.waybill.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as a process, in a copy of the project's folder with jars and JDKs of its own. */
@Timeout(60)
final class LauncherTest {
  @TempDir private Path folder;
  private Path home;
  private Path launcher;

  private record Ended(int status, String out, String err) {}

  @BeforeEach
  void copy() throws IOException {
    home = Files.createDirectory(folder.resolve("home of waybill"));
    launcher = home.resolve("waybill");
    Files.copy(Path.of(System.getProperty("waybill.home"), "waybill"), launcher);
    for (String module : List.of("executor", "planner")) {
      Path target = Files.createDirectories(home.resolve(module + "/target"));
      Files.createFile(target.resolve("waybill-" + module + "-0.1.0-SNAPSHOT-all.jar"));
    }
  }

  /** A JDK whose {@code java} prints its arguments, one a line. */
  private Path jdk(String version) throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("jdk-" + version));
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"pid $$\" \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private Ended run(Path script, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(words));
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("JAVA_OPTS");
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Ended(
        status,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private Ended run(String... words) throws IOException, InterruptedException {
    return run(launcher, Map.of("JAVA_HOME", jdk("17.0.9").toString()), words);
  }

  @Test
  void helpListsEveryCommandOfThisJar() throws Exception {
    Ended ended = run("--help");
    assertThat(ended.status()).isZero();
    Ran own = Ran.command("--help");
    own.out()
        .lines()
        .filter(l -> l.startsWith("  "))
        .map(l -> l.strip().replaceAll(" .*", ""))
        .forEach(name -> assertThat(ended.out()).containsPattern("(?m)^  " + name + " "));
    assertThat(ended.out()).contains("  plan ").contains("  verify ").contains("  master ");
  }

  @Test
  void noCommandAndAnUnknownOneAreStatusTwo() throws Exception {
    assertThat(run().status()).isEqualTo(2);
    Ended unknown = run("fly");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).isEqualTo("waybill: no command 'fly'; ./waybill --help lists them\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "publish", "executor", "demand", "wait", "snapshot"})
  void theSmallJarHasTheClientsAndTheExecutor(String command) throws Exception {
    assertThat(run(command, "--x", "two words").out().lines())
        .containsSubsequence(
            "-jar",
            home.toRealPath() + "/executor/target/waybill-executor-0.1.0-SNAPSHOT-all.jar",
            command,
            "--x",
            "two words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "verify", "master"})
  void theOtherJarHasTheMasterAndThePlanner(String command) throws Exception {
    assertThat(run(command, "a").out().lines())
        .containsSubsequence(
            "-jar",
            home.toRealPath() + "/planner/target/waybill-planner-0.1.0-SNAPSHOT-all.jar",
            command,
            "a");
  }

  @Test
  void itWorksThroughSymbolicLinks() throws Exception {
    Path first = Files.createSymbolicLink(folder.resolve("first"), launcher);
    Path second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());
    Ended ended = run(second, Map.of("JAVA_HOME", jdk("21").toString()), "status");
    assertThat(ended.out()).contains(home.toRealPath() + "/executor/target/");
  }

  @Test
  void optionsOfTheEnvironmentComeLast() throws Exception {
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            jdk("17").toString(),
            "JAVA_OPTS",
            "-Da=1 -Db=2",
            "WAYBILL_JAVA_OPTS",
            "-Dc=3");
    assertThat(run(launcher, environment, "status").out().lines())
        .containsSubsequence("-Da=1", "-Db=2", "-Dc=3", "-jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.2", "1.8.0_292", "16"})
  void anOldJdkIsRefused(String version) throws Exception {
    Path jdk = jdk(version);
    Ended ended = run(launcher, Map.of("JAVA_HOME", jdk.toString()), "status");
    assertThat(ended.status()).isEqualTo(4);
    assertThat(ended.err())
        .isEqualTo(
            "waybill: %s/bin/java is version %s; a JDK 17 or newer is needed\n"
                .formatted(jdk, version));
  }

  @Test
  void aJavaHomeWithoutAJdkIsRefused() throws Exception {
    Ended ended = run(launcher, Map.of("JAVA_HOME", folder.toString()), "status");
    assertThat(ended.status()).isEqualTo(4);
    assertThat(ended.err()).isEqualTo("waybill: JAVA_HOME: no JDK in '" + folder + "'\n");
  }

  @Test
  void whatIsMissingIsBuiltOnce() throws Exception {
    Path jar = home.resolve("executor/target/waybill-executor-0.1.0-SNAPSHOT-all.jar");
    Files.delete(jar);
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path mvn = tools.resolve("mvn");
    Files.writeString(mvn, "#!/bin/sh\necho noise; echo x >>../built; touch '" + jar + "'\n");
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk("17").toString(), "PATH", tools + ":" + System.getenv("PATH"));
    Ended first = run(launcher, environment, "status");
    assertThat(first.err()).contains("waybill: building with Maven");
    assertThat(first.out()).startsWith("pid ").doesNotContain("noise");
    run(launcher, environment, "status");
    assertThat(folder.resolve("built")).hasContent("x");
  }

  @Test
  void aBuildThatFailsIsStatusFour() throws Exception {
    Files.delete(home.resolve("executor/target/waybill-executor-0.1.0-SNAPSHOT-all.jar"));
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path mvn = tools.resolve("mvn");
    Files.writeString(mvn, "#!/bin/sh\nexit 1\n");
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk("17").toString(), "PATH", tools + ":" + System.getenv("PATH"));
    Ended ended = run(launcher, environment, "status");
    assertThat(ended.status()).isEqualTo(4);
    assertThat(ended.err()).endsWith("waybill: the build failed\n");
    assertThat(home.resolve("target/.building")).doesNotExist();
  }
}
