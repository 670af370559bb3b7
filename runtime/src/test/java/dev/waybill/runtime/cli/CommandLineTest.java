package dev.waybill.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The frame of every command, run with a command that echoes what it was given. */
final class CommandLineTest {
  @TempDir private Path folder;
  private final PrintStream oldOut = System.out;
  private final PrintStream oldErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @FunctionalInterface
  private interface Body {
    ExitStatus run(Arguments arguments) throws Exception;
  }

  private record Echo(Body body) implements Command {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public String summary() {
      return "says what it was given";
    }

    @Override
    public String usage() {
      return "WORD [options]";
    }

    @Override
    public String example() {
      return "./waybill echo word --count 3";
    }

    @Override
    public Options options() {
      return Flags.of()
          .master()
          .value("count", "N", "how often")
          .value("share", "S", "how much")
          .value("after", "SECONDS", "when")
          .value("hosts", "HOST,...", "who")
          .flag("loud", "say it loudly")
          .json()
          .build();
    }

    @Override
    public ExitStatus run(Arguments arguments) throws Exception {
      return body.run(arguments);
    }
  }

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(oldOut);
    System.setErr(oldErr);
  }

  private int run(Body body, String... words) {
    return new CommandLine(List.of(new Echo(body))).run(words);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ExitStatus ok(Arguments arguments) {
    return ExitStatus.DONE;
  }

  /** Reads every option, so that each one's rule is applied. */
  private static ExitStatus readAll(Arguments a) throws CommandFailure {
    System.out.println(
        a.positional("WORD")
            + " "
            + a.whole("count", 1, 10)
            + " "
            + a.number("share", 0.5)
            + " "
            + a.seconds("after")
            + " "
            + a.list("hosts")
            + " "
            + a.has("loud"));
    return ExitStatus.DONE;
  }

  private Path config(String json) throws IOException {
    return Files.writeString(folder.resolve("c.json"), json);
  }

  @Test
  void readsOptionsAndWords() {
    assertThat(
            run(
                CommandLineTest::readAll,
                "echo",
                "--count",
                "3",
                "w",
                "--share",
                "0.5",
                "--after",
                "1.5",
                "--hosts",
                "a, b",
                "--loud"))
        .isZero();
    assertThat(out().strip())
        .isEqualTo("[w] Optional[3] Optional[0.5] Optional[PT1.5S] [a, b] true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo                     | waybill: WORD is missing",
        "echo a b                 | waybill: unexpected argument 'b'",
        "echo a --nothing         | waybill: unknown option --nothing",
        "echo a --cou 3           | waybill: unknown option --cou",
        "echo a --count           | waybill: --count needs a value",
        "echo a --count 0         | waybill: --count: not a whole number from 1 to 10: '0'",
        "echo a --count 11        | waybill: --count: not a whole number from 1 to 10: '11'",
        "echo a --count 1e1       | waybill: --count: not a whole number from 1 to 10: '1e1'",
        "echo a --count 99999999999999999999"
            + "| waybill: --count: not a whole number from 1 to 10: '99999999999999999999'",
        "echo a --share NaN       | waybill: --share: not a number of at least 0.5: 'NaN'",
        "echo a --share Infinity  | waybill: --share: not a number of at least 0.5: 'Infinity'",
        "echo a --share 0.4       | waybill: --share: not a number of at least 0.5: '0.4'",
        "echo a --after -1        | waybill: --after: not a number of at least 0.0: '-1'",
        "echo a --after 2e9       | waybill: --after: more than 1e9 seconds: '2.0E9'",
        "echo a --hosts a,,b      | waybill: --hosts: an empty entry in 'a,,b'",
        "other                    | waybill: no command 'other'; ./waybill --help lists them",
      })
  void wrongUsageIsOneLineAndStatusTwo(String words, String line) {
    assertThat(run(CommandLineTest::readAll, words.strip().split(" +"))).isEqualTo(2);
    assertThat(err()).isEqualTo(line);
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a:1, true",
    "'http://a:1,http://[::1]:2/', true",
    "ftp://a:1, false",
    "http://a:1/path, false",
    "a:1, false",
    "http://, false"
  })
  void mastersAreHttpUrls(String value, boolean good) {
    int status =
        run(
            a -> {
              a.masters();
              return ExitStatus.DONE;
            },
            "echo",
            "--master",
            value);
    assertThat(status).isEqualTo(good ? 0 : 2);
  }

  @Test
  void everyKindOfFailureHasItsStatusAndOneLine() {
    assertThat(failing(CommandFailure.usage("no"))).isEqualTo(2);
    assertThat(failing(new CommandFailure(ExitStatus.INFEASIBLE, "no"))).isEqualTo(3);
    assertThat(failing(new NoSuchFileException("/x"))).isEqualTo(4);
    assertThat(failing(new IOException("one\ntwo"))).isEqualTo(4);
    assertThat(failing(new IllegalStateException("oops"))).isEqualTo(4);
    assertThat(err().lines())
        .containsExactly(
            "waybill: no",
            "waybill: no",
            "waybill: /x: no such file or folder",
            "waybill: one",
            "waybill: a bug in echo, please report it with --debug:"
                + " java.lang.IllegalStateException: oops");
  }

  private int failing(Exception e) {
    return run(
        a -> {
          throw e;
        },
        "echo");
  }

  @Test
  void debugShowsTheStackTrace() {
    int status =
        run(
            a -> {
              throw new IOException("gone");
            },
            "echo",
            "--debug");
    assertThat(status).isEqualTo(4);
    assertThat(err()).contains("java.io.IOException: gone").contains("\tat ");
  }

  @Test
  void helpShowsUsageOptionsAndAnExample() {
    assertThat(run(CommandLineTest::ok, "echo", "--help")).isZero();
    assertThat(out())
        .contains("usage: ./waybill echo WORD [options]")
        .contains("--count <N>")
        .contains("--config <FILE>")
        .contains("example: ./waybill echo word --count 3");
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "echo --version"})
  void versionIsPrinted(String words) {
    assertThat(run(CommandLineTest::ok, words.split(" "))).isZero();
    assertThat(out()).startsWith("waybill ");
  }

  @Test
  void aConfigurationFileGivesOptionsAndTheCommandLineGoesBeforeIt() throws IOException {
    Path file = config("{\"count\": 3, \"share\": 2.5, \"hosts\": [\"a\", \"b\"], \"loud\": true}");
    assertThat(
            run(CommandLineTest::readAll, "echo", "w", "--config", file.toString(), "--count", "4"))
        .isZero();
    assertThat(out().strip()).isEqualTo("[w] Optional[4] Optional[2.5] Optional.empty [a, b] true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"nothing\": 1}           | /nothing: there is no option 'nothing'",
        "{\"config\": \"x\"}        | /config: there is no option 'config'",
        "{\"loud\": 1}              | /loud: not true or false",
        "{\"count\": true}          | /count: not a string, a number or a list of strings",
        "{\"count\": null}          | /count: not a string, a number or a list of strings",
        "{\"count\": {}}            | /count: not a string, a number or a list of strings",
        "{\"hosts\": [\"a\", 1]}    | /hosts/1: not a string",
        "[]                         | /: not a JSON object",
        "{\"count\": 1} {}          | /: something follows the object",
      })
  void aMalformedConfigurationIsOneLineWithThePlace(String json, String line) throws IOException {
    Path file = config(json);
    assertThat(run(CommandLineTest::readAll, "echo", "w", "--config", file.toString()))
        .isEqualTo(2);
    assertThat(err()).isEqualTo("waybill: " + file + ": " + line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"count\": 1, \"count\": 2}", "{\"count\": NaN}", "{\"count\": 1", "", "{"})
  void whatIsNoJsonIsOneLine(String json) throws IOException {
    Path file = config(json);
    assertThat(run(CommandLineTest::readAll, "echo", "w", "--config", file.toString()))
        .isEqualTo(2);
    assertThat(err()).startsWith("waybill: " + file + ": ");
    assertThat(err().lines()).hasSize(1);
  }

  @Test
  void aConfigurationThatIsNotThereIsStatusFour() {
    Path file = folder.resolve("none.json");
    assertThat(run(CommandLineTest::ok, "echo", "--config", file.toString())).isEqualTo(4);
    assertThat(err()).isEqualTo("waybill: " + file + ": no such file or folder");
  }
}
