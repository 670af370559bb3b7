package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.protocol.WhatIf;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.master.MasterState;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A third of the executors is killed at once in the middle of a distribution, and does not come
 * back: the rest takes little longer than it has to. Takes minutes, so that it is asked for: {@code
 * -Dwaybill.long=true}.
 */
@Timeout(600)
@EnabledIfSystemProperty(named = "waybill.long", matches = "true")
final class ManyKilledIT {
  private static final String FILE = "file.bin";
  private static final int HOSTS = 20;
  private static final List<String> KILLED = List.of("h3", "h6", "h9", "h12", "h15", "h18");

  /** Bytes per second of each interface: all of them together are well within two cores. */
  private static final double RATE = 2e6;

  private static final int BLOCK = 512 << 10;

  /** 105 s at that rate. */
  private static final int BLOCKS = 400;

  private static final double AT_LEAST_LEFT_SECONDS = 60;
  private static final double OVER_THE_BOUND = 1.25;

  /** The origin, which has all blocks, is one of them. */
  private static final String[] REST =
      IntStream.rangeClosed(1, HOSTS)
          .mapToObj(i -> "h" + i)
          .filter(h -> !KILLED.contains(h))
          .toArray(String[]::new);

  @TempDir private Path folder;

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  /** What is left of the distribution once those hosts are gone, by what the master knows. */
  private static Problem left(byte[] snapshot) throws Exception {
    Problem all = InstanceFormat.read(new ByteArrayInputStream(snapshot), "snapshot");
    return MasterState.changed(all, new WhatIf(KILLED, Map.of(), List.of()));
  }

  @Test
  void theRestTakesAQuarterMoreThanItNeedsAndALeaseAtMost() throws Exception {
    try (Cluster cluster = Cluster.start(folder, HOSTS, RATE)) {
      Path source = cluster.random("source", BLOCKS * BLOCK, 14);
      cluster.does("demand", "--file", FILE, "--hosts", "all");
      cluster.does(
          "publish", source.toString(), "--as", FILE, "--to", "h1", "--block-size", "" + BLOCK);
      cluster.await("copies go on", () -> cluster.heldBlocks("h2", FILE) > BLOCKS / 3);

      byte[] snapshot = cluster.client().snapshot();
      long killedNanos = System.nanoTime();
      KILLED.forEach(cluster::kill);
      double bound = LowerBound.of(left(snapshot)).seconds();
      double limit = OVER_THE_BOUND * bound + MasterConfig.standard().lease();
      assertThat(bound).as("seconds left").isGreaterThan(AT_LEAST_LEFT_SECONDS);
      while (cluster.fileStatus(FILE).complete() < REST.length) {
        assertThat(since(killedNanos))
            .as("seconds after the kill; the bound was %.1f\n%s", bound, cluster.logs())
            .isLessThan(limit);
        Thread.sleep(100);
      }
      double seconds = since(killedNanos);

      System.out.printf(
          "%d of %d killed: the rest took %.1f s, bound %.1f s (%.3f), limit %.1f s%n",
          KILLED.size(), HOSTS, seconds, bound, seconds / bound, limit);
      cluster.assertSame(source, FILE, REST);
      assertThat(cluster.fileStatus(FILE).done()).isFalse();
    }
  }
}
