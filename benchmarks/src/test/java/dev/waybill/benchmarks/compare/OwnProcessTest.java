package dev.waybill.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.planner.solve.SolveLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs in processes that end in other ways than they should. */
class OwnProcessTest {
  /** A process that breaks down. */
  static final class Dying {
    private Dying() {}

    public static void main(String[] args) {
      System.err.println("no strength left for " + args[0]);
      Runtime.getRuntime().halt(134);
    }
  }

  @Test
  void aProcessThatBreaksDownIsARunThatCrashed() throws Exception {
    RunRequest request =
        new RunRequest(Path.of("any.json"), "any", SolveLimits.standard(), null, false);
    RunResult result = new OwnProcess(Dying.class.getName()).run(request).result();
    assertThat(result.status()).isEqualTo(RunStatus.CRASHED);
    assertThat(result.reason()).contains("134").contains("no strength left for bench-run");
  }
}
