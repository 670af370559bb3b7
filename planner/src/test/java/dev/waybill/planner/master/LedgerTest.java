package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.model.network.Resource;
import dev.waybill.model.unit.DataRate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger =
      new Ledger(
          Map.of(
              "up", new Resource("up", new DataRate(100), 0),
              "down", new Resource("down", new DataRate(60), 0)));

  @Test
  void aCopyAllocatesOnEveryResourceOfItsWayAndGivesItBack() {
    ledger.allocate(1, Set.of("up", "down"), 40);
    assertThat(ledger.allocated("up")).isEqualTo(40);
    assertThat(ledger.allocated("down")).isEqualTo(40);
    ledger.release(1);
    assertThat(ledger.allocated("up")).isZero();
    assertThat(ledger.allocated("down")).isZero();
  }

  @Test
  void noCopyIsAllocatedThatWouldTakeAResourceOverItsCapacity() {
    ledger.allocate(1, Set.of("up", "down"), 40);
    assertThat(ledger.fits(Set.of("up", "down"), 30)).isFalse();
    assertThatThrownBy(() -> ledger.allocate(2, Set.of("up", "down"), 30))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ledger.allocated("up")).isEqualTo(40);
  }

  @Test
  void aCopyThatIsUnderWayAlreadyIsBookedWhetherItFitsOrNot() {
    ledger.adopt(1, Set.of("down"), 80);
    assertThat(ledger.fits(Set.of("down"), 1)).isFalse();
  }

  @Test
  void whatIsKeptForOneThatWaitsIsFreeForNobodyElse() {
    ledger.allocate(1, Set.of("up", "down"), 40);
    assertThat(ledger.keep(Set.of("up", "down"), 30)).isFalse();
    assertThat(ledger.keep(Set.of("up", "down"), 15)).isTrue();
    assertThat(ledger.allocated("down")).isEqualTo(40);
    assertThat(ledger.fits(Set.of("down"), 10)).isFalse();
    assertThat(ledger.fits(Set.of("up"), 45)).isTrue();
    ledger.giveUp(Set.of("up", "down"), 15);
    assertThat(ledger.fits(Set.of("down"), 20)).isTrue();
  }
}
