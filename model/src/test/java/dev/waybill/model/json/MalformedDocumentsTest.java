package dev.waybill.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.model.schedule.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules, networks and files; what they share with instances is tested there. */
class MalformedDocumentsTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/format          | waybill-schedule/1  | waybill-instance/1",
        "/instance        | \"small\"           | null",
        "/instance        | \"small\"           | \"sm all\"",
        "/solver          | \"by hand\"         | 1",
        "/solver          | \"solver\": \"by hand\", | ``",
        "/makespan        | \"makespan\": 4.5,  | ``",
        "/lowerBound      | \"lowerBound\": 1,  | ``",
        "/makespan        | 4.5                 | -4.5",
        "/cost            | \"cost\": 20        | \"cost\": null",
        "/score           | \"score\": 60       | \"score\": NaN",
        "/solveSeconds    | 0.25                | \"quick\"",
        "/seed            | \"solver\"          | \"seed\": 1, \"solver\"",
        "/makespan        | \"lowerBound\": 1   | \"makespan\": 1, \"lowerBound\": 1",
        "/copies/0/file   | {\"file\": \"f\"    | {\"file\": \"x\"",
        "/copies/1/from   | {\"file\": \"g\", \"from\": \"a\" | {\"file\": \"g\", \"from\": \"x\"",
        "/copies/0/to     | \"to\": \"b\"       | \"to\": \"x\"",
        "/copies/0/last   | \"last\": 2         | \"last\": 1",
        "/copies/0/last   | \"last\": 2         | \"last\": 3",
        "/copies/0/first  | \"first\": 2        | \"first\": 2.0",
        "/copies/0/first  | \"first\": 2        | \"first\": -2",
        "/copies/0/start  | \"start\": 0        | \"start\": -1",
        "/copies/0/start  | \"start\": 0        | \"start\": null",
        "/copies/0/rate   | \"rate\": 5         | \"rate\": 0",
        "/copies/0/rate   | \"rate\": 5         | \"rate\": 1e999",
        "/copies/0/rate   | , \"rate\": 5       | ``",
        "/copies/0/via    | , \"rate\": 5       | , \"rate\": 5, \"via\": []",
        "/copies/0/rate   | \"rate\": 5         | \"rate\": 5, \"rate\": 5",
        "/copies          | \"copies\": [       | \"copies\": 1, \"x\": [",
      })
  void scheduleIsRefusedAtItsPlace(String pointer, String old, String replacement)
      throws Exception {
    Problem problem = InstanceFormat.read(Documents.stream(Documents.INSTANCE), "it");
    assertThat(Documents.SCHEDULE).contains(old);
    String text = Documents.SCHEDULE.replaceFirst(Pattern.quote(old), replacement);
    FormatException e =
        catchThrowableOfType(
            FormatException.class,
            () -> ScheduleFormat.read(Documents.stream(text), "it", problem));
    assertThat(e).isNotNull();
    assertThat(e.pointer()).as(e.getMessage()).isEqualTo(pointer);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/format           | waybill-network/1  | waybill-instance/1",
        "/format           | \"format\": \"waybill-network/1\", | ``",
        "/name             | \"resources\"      | \"name\": \"x\", \"resources\"",
        "/hosts/0/address  | 127.0.0.1:7000     | 127.0.0.1",
        "/hosts/0/address  | 127.0.0.1:7000     | :7000",
        "/hosts/0/address  | 127.0.0.1:7000     | a:70000",
        "/hosts/0/address  | 127.0.0.1:7000     | a:0",
        "/hosts/0/address  | \"127.0.0.1:7000\" | null",
        "/hosts/0/egress/0 | \"egress\": [\"r\"] | \"egress\": [\"x\"]",
        "/hosts/1/id       | \"id\": \"b\"      | \"id\": \"a\"",
        "/resources/0/capacity | 10             | -1",
      })
  void networkIsRefusedAtItsPlace(String pointer, String old, String replacement) {
    assertThat(Documents.NETWORK).contains(old);
    String text = Documents.NETWORK.replace(old, replacement);
    FormatException e =
        catchThrowableOfType(
            FormatException.class, () -> NetworkFormat.read(Documents.stream(text), "it"));
    assertThat(e).isNotNull();
    assertThat(e.pointer()).as(e.getMessage()).isEqualTo(pointer);
  }

  @Test
  void folderIsNoDocument() {
    assertThatThrownBy(() -> InstanceFormat.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(folder + ": /: a folder, not a file");
  }

  @Test
  void fileThatIsNotThereIsAnotherMatter() {
    assertThatThrownBy(() -> InstanceFormat.read(folder.resolve("none.json")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void streamThatFailsIsAnotherMatter() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> InstanceFormat.read(broken, "it"))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
  }

  @Test
  void complaintNamesTheFileOnOneLine() throws IOException {
    Path file = folder.resolve("odd\nname.json");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> NetworkFormat.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(folder + "/odd\\u000aname.json: /format: this key is missing");
  }
}
