package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadroomTest {
  private static final double RATE = 10e6;
  private static final BlockLayout LAYOUT = new BlockLayout(100 << 20, 1 << 20);

  /** Host 0 holds a file; each host has 10 MB/s each way. */
  private static Problem problem(Copy... inProgress) {
    List<Resource> resources = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      resources.add(new Resource("h" + i + ".up", new DataRate(RATE), 0));
      resources.add(new Resource("h" + i + ".down", new DataRate(RATE), 0));
      hosts.add(new Host("h" + i, "a", List.of("h" + i + ".up"), List.of("h" + i + ".down")));
      demands.add(new Demand("h" + i, "f"));
    }
    return new Problem(
        "p",
        "",
        new Network(resources, List.of(), hosts),
        List.of(new FileSpec("f", 1, LAYOUT)),
        List.of(new Holding("h0", "f", BlockSet.prefix(100))),
        List.of(),
        List.of(inProgress),
        demands,
        Objective.MAKESPAN);
  }

  private static double[] rates(Problem problem, List<Copy> copies) {
    return Headroom.leftBy(problem, copies).stream().mapToDouble(Copy::rate).toArray();
  }

  private static Copy copy(int from, int to, int first, int last, double start, double rate) {
    return new Copy("f", "h" + from, "h" + to, first, last, start, rate);
  }

  @Test
  void copiesThatShareAResourceLeaveSomeOfIt() {
    double[] rates =
        rates(
            problem(), List.of(copy(0, 1, 0, 99, 0, 0.6 * RATE), copy(0, 2, 0, 99, 0, 0.4 * RATE)));
    assertThat(rates[0] + rates[1]).isCloseTo(0.975 * RATE, within(1.0));
    assertThat(rates[0] / rates[1]).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void aCopyThatIsAloneOnItsWayKeepsItsRate() {
    double[] rates =
        rates(problem(), List.of(copy(0, 1, 0, 99, 0, RATE), copy(1, 2, 0, 99, 0.1, RATE)));
    assertThat(rates).containsExactly(RATE, RATE);
  }

  @Test
  void copiesThatFollowEachOtherShareNothing() {
    Copy first = copy(0, 1, 0, 49, 0, RATE);
    double[] rates = rates(problem(), List.of(first, copy(0, 2, 0, 49, first.end(LAYOUT), RATE)));
    assertThat(rates).containsExactly(RATE, RATE);
  }

  @Test
  void copiesThatLeaveEnoughAnywayKeepTheirRates() {
    double[] rates =
        rates(
            problem(), List.of(copy(0, 1, 0, 99, 0, 0.5 * RATE), copy(0, 2, 0, 99, 0, 0.4 * RATE)));
    assertThat(rates).containsExactly(0.5 * RATE, 0.4 * RATE);
  }

  @Test
  void aCopyMakesRoomForOneThatRuns() {
    double[] rates =
        rates(problem(copy(0, 3, 0, 99, 0, 0.5 * RATE)), List.of(copy(0, 1, 0, 99, 1, 0.5 * RATE)));
    assertThat(rates[0]).isCloseTo(0.4875 * RATE, within(1.0));
  }
}
