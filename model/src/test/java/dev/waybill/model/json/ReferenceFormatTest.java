package dev.waybill.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.model.testing.ReferenceChecker;
import dev.waybill.model.testing.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is malformed here is malformed to the independent checker too. */
class ReferenceFormatTest {
  @TempDir private Path folder;

  @BeforeEach
  void findReference() {
    assumeTrue(ReferenceChecker.isThere(), "the reference checker is not there");
  }

  @Test
  void bothRefuseWhatIsMalformedAndNothingElse() throws Exception {
    List<MalformedInstances.Spoilt> spoilt = MalformedInstances.all().toList();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < spoilt.size(); i++) {
      files.add(Files.writeString(folder.resolve(i + ".json"), spoilt.get(i).text()));
    }
    files.add(Files.writeString(folder.resolve("small.json"), Documents.INSTANCE));
    List<ReferenceChecker.Answer> answers = ReferenceChecker.checkInstances(files);
    for (int i = 0; i < spoilt.size(); i++) {
      assertThat(answers.get(i).status()).as("%s: %s", spoilt.get(i), answers.get(i)).isEqualTo(2);
    }
    assertThat(answers.get(spoilt.size()).status()).isEqualTo(0);
  }

  @Test
  void bothReadEveryInstanceOfTheProject() throws Exception {
    List<Path> files = Schemas.instances();
    List<ReferenceChecker.Answer> answers = ReferenceChecker.checkInstances(files);
    for (int i = 0; i < files.size(); i++) {
      assertThat(answers.get(i).status()).as("%s: %s", files.get(i), answers.get(i)).isZero();
      assertThat(InstanceFormat.read(files.get(i)).name()).isNotEmpty();
    }
  }
}
