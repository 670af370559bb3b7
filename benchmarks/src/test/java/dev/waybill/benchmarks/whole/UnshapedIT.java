package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.benchmarks.wan.UnshapedRuns;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On networks of interfaces that nobody shapes ({@code mvn verify -Pwan -Dit.test=UnshapedIT}, as
 * root), no host and no site sends or receives more in any second than the network file says.
 */
@Tag("wan")
final class UnshapedIT {
  /** Of payload; what TCP adds, and what the master says at the first host, is counted with it. */
  private static final double AT_MOST = 1.05 * 1.025;

  @Test
  void noSecondSeesMoreThanTheCapacityOfAnyResource() throws Exception {
    Emulation.assumePossible();

    List<UnshapedRuns.Measured> all =
        UnshapedRuns.run(Emulation.BYTES, Emulation.REPORT, Emulation.LAUNCHER);

    assertThat(all).allSatisfy(m -> assertThat(m.share()).as("%s", m).isLessThan(AT_MOST));
    assertThat(all)
        .filteredOn(
            m -> m.resource().endsWith(".down") && !m.resource().matches("(here|a|u)1.down"))
        .as("every receiver's counters have seen the whole file")
        .allSatisfy(m -> assertThat(m.bytes()).as("%s", m).isGreaterThan(Emulation.BYTES));
  }
}
