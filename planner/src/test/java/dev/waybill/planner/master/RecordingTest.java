package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.Trace;
import dev.waybill.model.protocol.Trace.TracedCopy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static final FileId FILE = new FileId("a.bin", 1);

  private final Recording recording = new Recording();

  private void ordered(long id, double now) {
    CopyOrder order = new CopyOrder(id, FILE, "h1", "h1:1", 0, 9, 1e6);
    recording.ordered(new Traffic.Running(order, "h2", 1, now, 1000), now, 1000, now);
  }

  private List<TracedCopy> copies() {
    Trace trace =
        recording.trace(
            new FileVersion(FILE, 100, 1000L, 10),
            new Distributions.Distribution(10, Map.of()),
            20);
    return trace.copies();
  }

  @Test
  void aCopyThatHasBeenTakenBackSaysSoAndWhen() {
    ordered(1, 11);
    recording.takenBack(1, 12.5);
    recording.takenBack(1, 13);
    TracedCopy copy = copies().get(0);
    assertThat(copy.ended()).isEqualTo(2.5);
    assertThat(copy.arrived()).isNull();
    assertThat(copy.failure()).startsWith("taken back");
  }

  @Test
  void whatNobodyHasHeardOfIsNotNoted() {
    recording.takenBack(7, 12);
    assertThat(copies()).isEmpty();
  }
}
