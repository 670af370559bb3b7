package dev.waybill.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Problem;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code import} generates. */
class GeneratorsTest {
  @TempDir private Path folder;

  private Problem make(String... words) throws Exception {
    return Ran.problem(folder, words);
  }

  @Test
  void shardsDifferByOneByteAtMost() throws Exception {
    Problem p =
        make(
            "synthetic",
            "--pattern",
            "equal",
            "--hosts",
            "2",
            "--file",
            "m/w",
            "--size",
            "11",
            "--shards",
            "3",
            "--block-size",
            "2");
    assertThat(p.files().keySet())
        .containsExactly("m/w-00001-of-00003", "m/w-00002-of-00003", "m/w-00003-of-00003");
    assertThat(p.files().values()).extracting(f -> f.layout().size()).containsExactly(4L, 4L, 3L);
    assertThat(p.holdings()).hasSize(3).extracting(Holding::host).containsOnly("h0");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, -7})
  void resumedDistributionIsConsistent(long seed) throws Exception {
    Problem p =
        make(
            "synthetic",
            "--pattern",
            "linked-sites",
            "--seed",
            Long.toString(seed),
            "--shards",
            "3",
            "--blocks",
            "120",
            "--resumed",
            "--failed",
            "s0--s1,s2--s3");
    Map<String, Double> free = Ran.capacities(p.network());
    assertThat(free).containsEntry("s0--s1", 0.0).containsEntry("s2--s3", 0.0);
    assertThat(p.inProgress()).isNotEmpty();
    Set<List<String>> receiving = new HashSet<>();
    for (Copy c : p.inProgress()) {
      BlockSet blocks = BlockSet.of(c.first(), c.last());
      assertThat(blocks.minus(p.held(c.from(), c.file())).isEmpty()).isTrue();
      assertThat(blocks.intersection(p.held(c.to(), c.file())).isEmpty()).isTrue();
      assertThat(receiving.add(List.of(c.to(), c.file()))).isTrue();
      BlockLayout layout = p.files().get(c.file()).layout();
      assertThat(c.start()).isNotPositive();
      assertThat(c.heldAt(layout, c.first())).isPositive();
      for (String id : p.network().way(c.from(), c.to())) {
        assertThat(free.merge(id, -c.rate(), Double::sum)).isNotNegative();
      }
    }
  }

  @Test
  void growingFileIsMadeAtItsSource() throws Exception {
    Problem p =
        make("synthetic", "--pattern", "wan-tight", "--blocks", "100", "--growth", "2000000");
    assertThat(p.held("h0", "file")).isEqualTo(BlockSet.prefix(25));
    assertThat(p.generations()).hasSize(1);
    assertThat(p.generations().get(0).first()).isEqualTo(25);
    assertThat(p.generations().get(0).last()).isEqualTo(99);
    assertThat(p.holdings()).allSatisfy(h -> assertThat(h.blocks().end()).isLessThanOrEqualTo(25));
  }

  @Test
  void otherSeedsMakeOtherNetworks() throws Exception {
    Problem one = make("synthetic", "--pattern", "upload-tight", "--seed", "1");
    Problem again = make("synthetic", "--pattern", "upload-tight", "--seed", "1");
    Problem two = make("synthetic", "--pattern", "upload-tight", "--seed", "2");
    assertThat(Ran.capacities(again.network())).isEqualTo(Ran.capacities(one.network()));
    assertThat(Ran.capacities(two.network())).isNotEqualTo(Ran.capacities(one.network()));
  }

  @Test
  void linkBetweenProcessorsTakesItsNumberOfBlocksASecond() throws Exception {
    Problem p = make("dgx1", "--chunks", "3", "--block-size", "100", "--source", "gpu2");
    assertThat(Ran.capacities(p.network()))
        .containsEntry("gpu0--gpu1", 200.0)
        .containsEntry("gpu0--gpu2", 100.0)
        .doesNotContainKey("gpu0--gpu5");
    assertThat(p.held("gpu2", "data")).isEqualTo(BlockSet.prefix(3));
    assertThat(p.demands()).hasSize(7);
  }

  @Test
  void boxesAreJoinedByOneProcessorEach() throws Exception {
    Problem p =
        make("ndv2", "--boxes", "3", "--collective", "all-gather", "--chunks", "2", "--size", "48");
    assertThat(p.network().hosts()).hasSize(24);
    assertThat(p.network().via("box0/gpu0", "box2/gpu1")).containsExactly("box0.out", "box2.in");
    assertThat(p.network().via("box0/gpu1", "box2/gpu1")).isNull();
    assertThat(p.files()).hasSize(24);
    assertThat(p.demands()).hasSize(24 * 23);
    assertThat(Ran.capacities(p.network()))
        .containsEntry("box1.in", 12.5e9)
        .containsEntry("box1/gpu0--box1/gpu1", 50e9)
        .containsEntry("box1/gpu2--box1/gpu0", 25e9);
  }
}
