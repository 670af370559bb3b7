package dev.waybill.executor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.executor.trace.Regret.Cause;
import dev.waybill.executor.trace.Regret.Stretch;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.Trace;
import dev.waybill.model.protocol.Trace.Arrival;
import dev.waybill.model.protocol.Trace.TracedCopy;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegretTest {
  private static final FileId FILE = new FileId("a", 1);

  private static TracedCopy copy(
      long id, String from, String to, double ordered, double began, double arrived) {
    return new TracedCopy(
        id, from, to, 0, 9, 1000, 100, ordered, ordered, began, arrived, arrived + 0.1, null);
  }

  private static Trace trace(List<TracedCopy> copies, Arrival... arrivals) {
    return new Trace(
        FILE, true, 0.5, 9.0, 10.0, 12.6, 0.1, 0.3, List.of("a"), copies, List.of(arrivals), 0);
  }

  /** From a to b and on to c: when each copy arrived, and when its receiver had the file. */
  private static Trace chain(double toB, double b, double toC, double c) {
    return trace(
        List.of(copy(1, "a", "b", 0.4, 0.6, toB), copy(2, "b", "c", 0.4, 0.8, toC)),
        new Arrival("b", b),
        new Arrival("c", c));
  }

  private static void assertWithoutGaps(Regret regret, double from, double to) {
    double at = from;
    for (Stretch s : regret.path()) {
      assertThat(s.from()).isCloseTo(at, within(1e-9));
      assertThat(s.to()).isGreaterThan(s.from());
      at = s.to();
    }
    assertThat(at).isCloseTo(to, within(1e-9));
  }

  @Test
  void aChainIsFollowedBackToTheCopyThatSetThePace() {
    Regret regret = Regret.of(chain(12, 12.1, 12.2, 12.6));
    assertWithoutGaps(regret, -0.5, 12.6);
    assertThat(regret.seconds().get(Cause.START_UP)).isCloseTo(0.5, within(1e-9));
    assertThat(regret.seconds().get(Cause.PLANNING)).isCloseTo(0.3, within(1e-9));
    assertThat(regret.seconds().get(Cause.FIRST_ORDER)).isCloseTo(0.1, within(1e-9));
    assertThat(regret.seconds().get(Cause.FIRST_BLOCK)).isCloseTo(0.2, within(1e-9));
    assertThat(regret.seconds().get(Cause.CARRYING)).isCloseTo(10, within(1e-9));
    assertThat(regret.seconds().get(Cause.SLOW)).isCloseTo(1.4, within(1e-9));
    assertThat(regret.seconds().get(Cause.HOP)).isCloseTo(0.2, within(1e-9));
    assertThat(regret.seconds().get(Cause.TAIL)).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void whatIsReportedALittleTooLateIsFollowedAllTheSame() {
    Regret regret = Regret.of(chain(12.01, 11.98, 12, 11.99));
    assertWithoutGaps(regret, -0.5, 11.99);
    assertThat(regret.seconds().get(Cause.CARRYING)).isCloseTo(10, within(1e-9));
    assertThat(regret.seconds().get(Cause.SLOW)).isCloseTo(1.39, within(1e-9));
    assertThat(regret.path().get(regret.path().size() - 1).what()).startsWith("a to b");
  }

  @Test
  void copiesOneAfterTheOtherShowTheirHandOvers() {
    Trace trace =
        trace(
            List.of(copy(1, "a", "b", 0.3, 0.4, 10.4), copy(2, "a", "c", 10.9, 11, 21)),
            new Arrival("b", 10.5),
            new Arrival("c", 21.1));
    Regret regret = Regret.of(trace);
    assertWithoutGaps(regret, -0.5, 21.1);
    assertThat(regret.seconds().get(Cause.HAND_OVER)).isCloseTo(0.5, within(1e-9));
    assertThat(regret.seconds().get(Cause.CARRYING)).isCloseTo(20, within(1e-9));
  }

  @Test
  void copiesThatFeedEachOtherInACircleEnd() {
    Trace trace =
        trace(
            List.of(copy(1, "b", "c", 0.3, 0.4, 10.4), copy(2, "c", "b", 0.3, 0.4, 10.4)),
            new Arrival("b", 10.5),
            new Arrival("c", 10.5));
    assertWithoutGaps(Regret.of(trace), -0.5, 10.5);
  }

  @Test
  void nothingIsSaidOfADistributionThatHasNotBegun() {
    assertThat(Regret.of(trace(List.of())).path()).isEmpty();
  }

  @Test
  void thePageNeedsNothingElseAndShowsEveryCopy() {
    Trace trace =
        trace(
            List.of(copy(1, "a", "b", 0.4, 0.6, 12), copy(2, "b", "<c", 0.4, 0.8, 12.2)),
            new Arrival("<c", 12.6));
    String page = TracePage.of(trace, Regret.of(trace));
    assertThat(page).doesNotContain("http://").doesNotContain("<c").contains("&lt;c");
    assertThat(page.split("class=\"run\"", -1)).hasSize(3);
  }
}
