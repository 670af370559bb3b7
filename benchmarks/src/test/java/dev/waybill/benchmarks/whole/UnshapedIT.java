package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.benchmarks.wan.UnshapedRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On networks of interfaces that nobody shapes ({@code mvn verify -Pwan -Dit.test=UnshapedIT}, as
 * root), no host and no site sends or receives more in any second than the network file says.
 */
@Tag("wan")
final class UnshapedIT {
  private static final long MIB = Long.getLong("waybill.wan.mib", 256);

  /** Of payload; what TCP adds, and what the master says at the first host, is counted with it. */
  private static final double AT_MOST = 1.05 * 1.025;

  @Test
  void noSecondSeesMoreThanTheCapacityOfAnyResource() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "namespaces take root");
    assumeTrue(Files.isExecutable(Path.of("/sbin/tc")), "there is no iproute2");
    Path home = Path.of(System.getProperty("waybill.home"));

    List<UnshapedRuns.Measured> all =
        UnshapedRuns.run(
            MIB << 20, home.resolve("benchmarks/target/wan"), home.resolve("waybill").toString());

    assertThat(all).allSatisfy(m -> assertThat(m.share()).as("%s", m).isLessThan(AT_MOST));
    assertThat(all)
        .filteredOn(
            m -> m.resource().endsWith(".down") && !m.resource().matches("(here|a|u)1.down"))
        .as("every receiver's counters have seen the whole file")
        .allSatisfy(m -> assertThat(m.bytes()).as("%s", m).isGreaterThan(MIB << 20));
  }
}
