package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.unit.DataRate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final double RATE = 100;
  private static final FileId FILE = new FileId("a.bin", 1);

  private final Network network =
      new Network(
          List.of(new Resource("up", new DataRate(RATE), 0)),
          List.of(),
          List.of(
              new Host("h1", "here", List.of("up"), List.of()),
              new Host("h2", "here", List.of(), List.of()),
              new Host("h3", "here", List.of(), List.of())));

  private final Traffic traffic = new Traffic(network);

  private final Traffic.Running first = running(1, "h2");

  @Test
  void whatAnEndedCopyHasIsFreeOnceItsReceiverFollowsOrdersWithoutIt() {
    endsWhileAnotherWaits();
    assertThat(released(2)).isEmpty();
    traffic.follows("h2", 6);
    traffic.follows("h3", 7);
    assertThat(released(2)).isEmpty();
    traffic.follows("h2", 7);
    assertThat(released(2)).hasSize(1);
    assertThat(traffic.ledger().allocated("up")).isEqualTo(RATE);
  }

  @Test
  void whatAnEndedCopyHasIsFreeWhenItsReceiverCountsAsGone() {
    endsWhileAnotherWaits();
    assertThat(released(9.9)).isEmpty();
    assertThat(released(10)).hasSize(1);
  }

  /** The receiver is to hear of it with revision 7, within 10 s. */
  private void endsWhileAnotherWaits() {
    traffic.adopt(first);
    traffic.retire(first, 7, 10);
    assertThat(traffic.running()).isEmpty();
    traffic.plan(
        new WaitingCopies(List.of(new Traffic.Planned(FILE, "h1", "h3", 0, 9, 0, RATE)), network));
  }

  private static Traffic.Running running(long id, String to) {
    return new Traffic.Running(new CopyOrder(id, FILE, "h1", "h1:1", 0, 9, RATE), to, 1, 0);
  }

  private List<Traffic.Running> released(double now) {
    return traffic.release(
        new Traffic.Gate() {
          @Override
          public Traffic.Running order(Traffic.Planned planned, BlockRange blocks) {
            return running(2, planned.to());
          }

          @Override
          public BlockSet lacking(Traffic.Planned planned) {
            return BlockSet.of(planned.first(), planned.last());
          }

          @Override
          public BlockRange ready(Traffic.Planned planned, BlockRange blocks) {
            return blocks;
          }

          @Override
          public boolean open(Traffic.Planned planned) {
            return true;
          }
        },
        now);
  }
}
