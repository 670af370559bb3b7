package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.Topology;
import dev.waybill.planner.bound.LowerBound;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host that sends less than the network file says, and what others make of its share. */
class StragglersTest {
  private static final long BLOCK = 256 << 10;

  @ParameterizedTest
  @CsvSource({"h9, 0.3", "h12, 0.3", "h14, 0.3"})
  void aHostThatIsSlowerThanStatedIsFoundAndOthersSendWhatItWouldHave(String slow, double share) {
    Problem stated = Topology.t3().spread(1024, BLOCK);
    String up = slow + ".up";
    double real = share * capacity(stated.network(), up);
    MasterSimulation world = new MasterSimulation(stated.network(), new Random(5));
    world.solveSeconds = 1;
    world.reportEvery = 1;
    world.hosts.get(slow).uplink = real;
    world.demand("a.bin");
    FileId file = world.publish("a.bin", 1024 * BLOCK, BLOCK, "s", 300e6);

    world.run(20);
    assertThat(world.notes).anyMatch(n -> n.contains(up + " seems to give"));
    assertThat(world.status().slow()).extracting(Status.Slow::resource).containsExactly(up);
    double took = 20 + world.runUntilDone(file, 300);

    assertThat(took).isLessThan(1.35 * bound(stated, up, real));
    assertThat(world.solved())
        .anyMatch(r -> Math.abs(capacity(r.problem().network(), up) / real - 1) < 0.2);
    assertThat(world.snapshot().problem().network().resources())
        .as("what is stated stays so")
        .isEqualTo(stated.network().resources());
    assertThat(world.solved()).as("some are beside a schedule").anyMatch(r -> r.kept() != null);
    world.solved().forEach(StragglersTest::keepsItsOrder);
  }

  @ParameterizedTest
  @CsvSource({"t1, h1, 1", "t1, h1, 2", "t2, A1, 3", "t2p, A1, 4", "t3, s, 5", "t3, s, 6"})
  void whereAllGiveWhatTheyShouldNobodyIsThoughtSlow(String name, String source, long seed) {
    Problem stated = topology(name).spread(1024, BLOCK);
    MasterSimulation world = new MasterSimulation(stated.network(), new Random(seed));
    world.solveSeconds = 1;
    world.reportEvery = 1;
    world.demand("a.bin");
    FileId file = world.publish("a.bin", 1024 * BLOCK, BLOCK, source, 300e6);

    double took = world.runUntilDone(file, 300);

    assertThat(world.notes).noneMatch(n -> n.contains("seems to give"));
    assertThat(took).isLessThan(1.15 * LowerBound.of(stated).seconds());
  }

  private static Topology topology(String name) {
    return switch (name) {
      case "t1" -> Topology.t1();
      case "t2" -> Topology.t2();
      case "t2p" -> Topology.t2p();
      case "t3" -> Topology.t3();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * The first block that a copy passes on that stays in force does not come by one that stays
   * behind it: each would wait for the other.
   */
  private static void keepsItsOrder(PlanRequest request) {
    List<Traffic.Planned> kept = request.kept() == null ? List.of() : request.kept();
    for (Traffic.Planned p : kept) {
      BlockSet lacks = BlockSet.of(p.first(), p.last());
      for (Holding h : request.problem().holdings()) {
        lacks = h.host().equals(p.from()) ? lacks.minus(h.blocks()) : lacks;
      }
      for (Copy c : request.problem().inProgress()) {
        boolean runs = c.to().equals(p.from()) && kept.stream().noneMatch(k -> isPartOf(c, k));
        lacks = runs ? lacks.minus(BlockSet.of(c.first(), c.last())) : lacks;
      }
      BlockSet later = BlockSet.EMPTY;
      for (Traffic.Planned q : kept) {
        BlockSet brings =
            q.to().equals(p.from()) ? BlockSet.of(q.first(), q.last()) : BlockSet.EMPTY;
        boolean before = q.start() < p.start();
        lacks = before ? lacks.minus(brings) : lacks;
        later = before ? later : later.union(brings);
      }
      boolean waits = lacks.contains(p.first()) && later.contains(p.first());
      assertThat(waits).as("%s waits for one behind it", p).isFalse();
    }
  }

  private static boolean isPartOf(Copy copy, Traffic.Planned kept) {
    return copy.from().equals(kept.from())
        && copy.to().equals(kept.to())
        && copy.first() >= kept.first()
        && copy.last() <= kept.last();
  }

  private static double bound(Problem stated, String resource, double rate) {
    Network n = stated.network();
    List<Resource> resources =
        n.resources().values().stream()
            .map(
                r ->
                    r.id().equals(resource)
                        ? new Resource(r.id(), new DataRate(rate), r.costPerByte())
                        : r)
            .toList();
    Problem real =
        new Problem(
            "real",
            "",
            new Network(resources, n.paths(), List.copyOf(n.hosts().values())),
            List.copyOf(stated.files().values()),
            stated.holdings(),
            stated.generations(),
            stated.inProgress(),
            stated.demands(),
            stated.objective());
    return LowerBound.of(real).seconds();
  }

  private static double capacity(Network network, String resource) {
    return network.resources().get(resource).capacity().bytesPerSecond();
  }
}
