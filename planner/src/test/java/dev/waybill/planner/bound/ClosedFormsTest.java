package dev.waybill.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.Topology;
import dev.waybill.planner.instance.Distribution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounds that others have proven, which ours must not fall short of. */
class ClosedFormsTest {
  private static final double BLOCK_SECONDS = 1_000_000 / 12_500_000.0;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  /** Mundinger, Weber, Weiss: M + floor(log2 N) rounds, for N up to 1,000 and M up to 300. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void equalHostsTakeAsManyRoundsAsBlocksAndDoublings(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int receivers = seed < 10 ? (1 << seed) - 1 + random.nextInt(2) : 1 + random.nextInt(1000);
    int blocks = 1 + random.nextInt(300);
    int n = Math.max(1, receivers);
    Bound bound = LowerBound.of(Topology.equal(n + 1).spread(blocks, 1_000_000));
    int doublings = 31 - Integer.numberOfLeadingZeros(n);
    assertThat(bound.seconds() / BLOCK_SECONDS).isCloseTo(blocks + doublings, within(1e-6));
  }

  /** Kumar and Ross: max(F / u_s, F / d_min, N F / (u_s + sum of u_i)). */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void unequalHostsAreNotBelowKumarAndRoss(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int receivers = 1 + random.nextInt(40);
    List<Resource> resources = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    double sum = 0;
    double slowest = Double.POSITIVE_INFINITY;
    double source = 0;
    for (int i = 0; i <= receivers; i++) {
      double up = 100 * Math.pow(10, random.nextDouble());
      double down = 300 * Math.pow(10, random.nextDouble());
      resources.add(new Resource(i + ".up", new DataRate(up), 0));
      resources.add(new Resource(i + ".down", new DataRate(down), 0));
      hosts.add(new Host("h" + i, "A", List.of(i + ".up"), List.of(i + ".down")));
      sum += up;
      source = i == 0 ? up : source;
      slowest = i == 0 ? slowest : Math.min(slowest, down);
    }
    Network network = new Network(resources, List.of(), hosts);
    Problem problem =
        Distribution.toAll(network, "h0", Distribution.blocks("f", 200, 1000))
            .on("kumar-ross", "", network);
    double bytes = 200_000;
    double fluid = Math.max(bytes / source, Math.max(bytes / slowest, receivers * bytes / sum));
    assertThat(LowerBound.of(problem).seconds())
        .isBetween(fluid * (1 - 1e-9), fluid * 1.2 + 20 * 1000 / source);
  }

  /** SCCL: 7/6 rounds a chunk; TE-CCL: a box takes in 500 MB at 12.5 GB/s. */
  @ParameterizedTest
  @CsvSource({
    "dgx1-all-gather-1, 1.1666667",
    "dgx1-all-gather-3, 3.5",
    "dgx1-all-gather-6, 7",
    "ndv2x2-all-gather-32, 0.04",
    "geant2009, 93.206756",
    "kumar-ross-300, 433.473"
  })
  void instancesWithAKnownLimitAreNotBelowIt(String name, double seconds) throws Exception {
    assertThat(LowerBound.of(instance(name)).seconds())
        .isBetween(seconds * (1 - 1e-6), seconds * 1.3);
  }

  @ParameterizedTest
  @CsvSource({
    "cloudcast-intra-aws, 57.00",
    "cloudcast-intra-gcp, 141.00",
    "cloudcast-inter-agz, 160.50"
  })
  void theLeastCostOfCloudcastIsProven(String name, double dollars) throws Exception {
    assertThat(LowerBound.of(instance(name)).score()).isCloseTo(dollars, within(1e-6));
  }

  @Test
  void aReceiverIsBoundByTheLeastCutBetweenItAndThePossessors() throws Exception {
    // Two ways to b: over r1 at 30, over r2 at 50; into b fit 100, out of a as well.
    String json =
        """
        {"format": "waybill-instance/1", "name": "two-ways",
         "resources": [{"id": "a.up", "capacity": 100}, {"id": "b.down", "capacity": 100},
                       {"id": "w1", "capacity": 30}, {"id": "w2", "capacity": 50}],
         "paths": [{"from": "A", "to": "R1", "via": []}, {"from": "A", "to": "R2", "via": []},
                   {"from": "R1", "to": "B", "via": ["w1"]}, {"from": "R2", "to": "B", "via": ["w2"]}],
         "hosts": [{"id": "a", "location": "A", "egress": ["a.up"]},
                   {"id": "r1", "location": "R1", "relay": true},
                   {"id": "r2", "location": "R2", "relay": true},
                   {"id": "b", "location": "B", "ingress": ["b.down"]}],
         "files": [{"id": "f", "size": 100000, "blockSize": 100}],
         "holdings": [{"host": "a", "file": "f", "blocks": [[0, 999]]}],
         "demands": [{"host": "b", "file": "f"}]}
        """;
    java.nio.file.Path file = java.nio.file.Files.createTempFile("two-ways", ".json");
    java.nio.file.Files.writeString(file, json);
    Bound bound = LowerBound.of(InstanceFormat.read(file));
    java.nio.file.Files.delete(file);
    assertThat(bound.seconds()).isBetween(1250.0, 1255.0);
    assertThat(bound.bottlenecks()).extracting(Bottleneck::resource).contains("w1", "w2");
  }

  private static Problem instance(String name) throws Exception {
    Path folder = Path.of(System.getProperty("waybill.home"), "instances");
    Path plain = folder.resolve(name + ".json");
    return InstanceFormat.read(plain.toFile().exists() ? plain : folder.resolve(name + ".json.gz"));
  }
}
