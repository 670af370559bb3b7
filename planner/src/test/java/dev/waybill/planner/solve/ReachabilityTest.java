package dev.waybill.planner.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** a at lon holds f; r at chi may be on the way to b and c at nyc, who want it. */
class ReachabilityTest {
  private boolean relay = true;
  private double linkCapacity = 100;
  private boolean secondPath = true;
  private int held = 10;
  private @Nullable DataSize storage = null;

  @Test
  void whatARelayCanPassOnIsPlanned() {
    assertThat(solve()).isInstanceOf(Solution.Planned.class);
  }

  @Test
  void aBlockThatNobodyHasIsNamed() {
    held = 7;
    assertThat(infeasible())
        .isEqualTo(
            new Solution.Infeasible(
                "b", "f", 1, "block 7 of f is held by nobody and is made nowhere"));
  }

  @Test
  void aLinkThatIsDownIsNamed() {
    linkCapacity = 0;
    assertThat(infeasible().reason()).isEqualTo("link chi-nyc is down (capacity 0)");
  }

  @Test
  void aHostThatWouldHaveToRelayIsNamed() {
    relay = false;
    assertThat(infeasible().reason())
        .isEqualTo("only through host r, which is no relay or has no storage left");
  }

  @Test
  void aMissingPathIsNamed() {
    secondPath = false;
    assertThat(infeasible().reason()).isEqualTo("no path from lon to nyc for block 0 of f");
  }

  @Test
  void storageThatIsTooSmallIsNamed() {
    storage = new DataSize(999);
    assertThat(infeasible())
        .isEqualTo(
            new Solution.Infeasible(
                "b", "f", 0, "host b has storage for 999 bytes and needs 1000"));
    assertThat(infeasible().message())
        .isEqualTo("host b can't get f: host b has storage for 999 bytes and needs 1000");
  }

  private Solution.Infeasible infeasible() {
    Solution solution = solve();
    assertThat(solution).isInstanceOf(Solution.Infeasible.class);
    return (Solution.Infeasible) solution;
  }

  private Solution solve() {
    List<Path> paths =
        secondPath
            ? List.of(new Path("lon", "chi", List.of()), new Path("chi", "nyc", List.of("chi-nyc")))
            : List.of(new Path("lon", "chi", List.of()));
    Network network =
        new Network(
            List.of(
                new Resource("chi-nyc", new DataRate(linkCapacity), 0),
                new Resource("a.up", new DataRate(100), 0)),
            paths,
            List.of(
                new Host("a", "lon", List.of("a.up"), List.of()),
                new Host("r", "chi", List.of(), List.of(), relay, null, null),
                new Host("b", "nyc", List.of(), List.of(), false, storage, null),
                new Host("c", "nyc", List.of(), List.of())));
    Problem problem =
        new Problem(
            "p",
            "",
            network,
            List.of(new FileSpec("f", 1, new BlockLayout(1000, 100))),
            List.of(new Holding("a", "f", BlockSet.prefix(held))),
            List.of(),
            List.of(),
            List.of(new Demand("b", "f"), new Demand("c", "f")),
            Objective.MAKESPAN);
    return Solvers.named("greedy").solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
  }
}
