package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.benchmarks.wan.WanComparison;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Waybill beside BitTorrent, rsync and a chain on emulated wide-area networks ({@code mvn verify
 * -Pwan}, as root): it comes to its end on all of them, before every BitTorrent.
 */
@Tag("wan")
final class WanIT {
  private static final int RUNS = Integer.getInteger("waybill.wan.runs", 3);

  /** Names of systems and networks that are left out, with commas between them. */
  private static final String WITHOUT = System.getProperty("waybill.wan.without", "");

  @Test
  void waybillIsBeforeEveryBitTorrentOnEveryNetwork() throws Exception {
    Emulation.assumePossible();
    List<WanComparison.Cell> cells =
        WanComparison.run(
            Emulation.BYTES,
            RUNS,
            WITHOUT.isEmpty() ? Set.of() : Set.of(WITHOUT.split(",")),
            Emulation.REPORT,
            Emulation.LAUNCHER);

    assertThat(cells)
        .filteredOn(c -> c.contestant().startsWith("Waybill"))
        .allSatisfy(c -> assertThat(c.problem()).as("%s", c).isNull());
    for (WanComparison.Cell ours : cells) {
      if (!ours.contestant().equals("Waybill")) {
        continue;
      }
      assertThat(cells)
          .filteredOn(c -> c.topology().equals(ours.topology()))
          .filteredOn(c -> List.of("aria2", "libtorrent").contains(c.contestant()))
          .filteredOn(c -> c.ratio() != null)
          .allSatisfy(c -> assertThat(ours.ratio()).as("%s", c).isLessThan(c.ratio()));
    }
  }
}
