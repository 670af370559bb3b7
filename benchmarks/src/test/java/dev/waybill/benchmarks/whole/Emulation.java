package dev.waybill.benchmarks.whole;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the runs on emulated networks have in common. */
final class Emulation {
  /** Of the file that is distributed. */
  static final long BYTES = Long.getLong("waybill.wan.mib", 256) << 20;

  private static final Path HOME = Path.of(System.getProperty("waybill.home"));

  /** The folder of their tables. */
  static final Path REPORT = HOME.resolve("benchmarks/target/wan");

  static final String LAUNCHER = HOME.resolve("waybill").toString();

  private Emulation() {}

  /** Skips the test where this machine can't make such a network. */
  static void assumePossible() {
    assumeTrue("root".equals(System.getProperty("user.name")), "namespaces take root");
    assumeTrue(Files.isExecutable(Path.of("/sbin/tc")), "there is no iproute2");
  }
}
