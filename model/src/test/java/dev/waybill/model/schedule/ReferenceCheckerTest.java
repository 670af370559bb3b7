package dev.waybill.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.testing.Mutant;
import dev.waybill.model.testing.RandomCase;
import dev.waybill.model.testing.ReferenceChecker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker agrees with the independent one, which was written from the formats alone. */
class ReferenceCheckerTest {
  private static final double RELATIVE = 1e-9;

  @TempDir private Path folder;

  @BeforeEach
  void findReference() {
    assumeTrue(ReferenceChecker.isThere(), "the reference checker is not there");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void bothJudgeValidAndSpoiltSchedulesAlike(long seed) throws Exception {
    List<String> names = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    Random random = new Random(seed);
    List<Mutant> uncaught = new ArrayList<>(Mutant.all());
    Mutant none = new Mutant("as it was", Violation.Kind.FIGURE, (pair, r) -> pair);
    List<Mutant> mutants = new ArrayList<>(uncaught);
    mutants.add(none);
    for (int i = 0; i < 20; i++) {
      RandomCase drawn = new RandomCase(100 * seed + i);
      for (Mutant mutant : mutants) {
        Mutant.Pair pair =
            mutant.change().apply(new Mutant.Pair(drawn.problem(), drawn.schedule()), random);
        Path instance = folder.resolve(names.size() + ".instance.json");
        Path schedule = folder.resolve(names.size() + ".schedule.json");
        InstanceFormat.write(pair.problem(), instance);
        ScheduleFormat.write(pair.schedule(), schedule);
        Problem read = InstanceFormat.read(instance);
        Verdict v = ScheduleChecker.check(read, ScheduleFormat.read(schedule, read));
        if (v.violations().stream().anyMatch(x -> x.kind() == mutant.kind())) {
          uncaught.remove(mutant);
        }
        names.add("seed " + seed + " case " + i + " " + mutant);
        files.addAll(List.of(instance, schedule));
        verdicts.add(v);
      }
    }
    List<ReferenceChecker.Answer> answers = ReferenceChecker.checkPairs(files);
    for (int i = 0; i < names.size(); i++) {
      assertAlike(names.get(i), verdicts.get(i), answers.get(i));
    }
    assertThat(uncaught).as("mutants whose rule was never broken").isEmpty();
  }

  private static void assertAlike(String name, Verdict ours, ReferenceChecker.Answer theirs)
      throws Exception {
    assertThat(theirs.status()).as("%s: %s", name, theirs).isEqualTo(ours.valid() ? 0 : 1);
    JsonNode figures = new ObjectMapper().readTree(theirs.figures());
    assertThat(ours.violationCount())
        .as("%s: %s", name, ours.violations())
        .isEqualTo(figures.get("violations").asLong());
    assertClose(name, ours.makespan(), figures.get("makespan").asDouble());
    assertClose(name, ours.cost(), figures.get("cost").asDouble());
    assertClose(name, ours.score(), figures.get("score").asDouble());
  }

  private static void assertClose(String name, double ours, double theirs) {
    assertThat(ours).as(name).isCloseTo(theirs, within(RELATIVE * Math.abs(theirs)));
  }
}
