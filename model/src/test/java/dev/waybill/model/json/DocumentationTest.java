package dev.waybill.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Pattern EXAMPLE = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  @Test
  void examplesAreWhatTheyAreSaidToBe() throws Exception {
    Path page = Path.of(System.getProperty("waybill.home", ".."), "docs/formats.md");
    assumeTrue(Files.exists(page), "the documentation is not there");
    List<String> examples =
        EXAMPLE.matcher(Files.readString(page)).results().map(DocumentationTest::text).toList();
    assertThat(examples).hasSize(3);
    Problem problem = InstanceFormat.read(Documents.stream(examples.get(0)), "instance");
    Schedule schedule = ScheduleFormat.read(Documents.stream(examples.get(1)), "schedule", problem);
    assertThat(ScheduleChecker.check(problem, schedule).violations()).isEmpty();
    assertThat(NetworkFormat.read(Documents.stream(examples.get(2)), "network").hosts()).hasSize(2);
  }

  private static String text(MatchResult example) {
    return example.group(1);
  }
}
