package dev.waybill.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSetTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isWhatABitSetIs(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      BitSet a = bits(random);
      BitSet b = bits(random);
      assertSame(BlockSet.of(a), a);
      assertSame(BlockSet.of(a).union(BlockSet.of(b)), combined(a, b, BitSet::or));
      assertSame(BlockSet.of(a).minus(BlockSet.of(b)), combined(a, b, BitSet::andNot));
      assertSame(BlockSet.of(a).intersection(BlockSet.of(b)), combined(a, b, BitSet::and));
    }
  }

  private interface Operation {
    void apply(BitSet target, BitSet other);
  }

  private static BitSet combined(BitSet a, BitSet b, Operation operation) {
    BitSet out = (BitSet) a.clone();
    operation.apply(out, b);
    return out;
  }

  private static BitSet bits(Random random) {
    int size = 1 + random.nextInt(70);
    int percent = random.nextInt(101);
    BitSet bits = new BitSet();
    for (int i = 0; i < size; i++) {
      bits.set(i, random.nextInt(100) < percent);
    }
    return bits;
  }

  private static void assertSame(BlockSet actual, BitSet expected) {
    assertThat(actual.toBitSet()).isEqualTo(expected);
    assertThat(actual).isEqualTo(BlockSet.of(expected)).hasSameHashCodeAs(BlockSet.of(expected));
    assertThat(actual.count()).isEqualTo(expected.cardinality());
    assertThat(actual.end()).isEqualTo(expected.length());
    assertThat(actual.prefixCount()).isEqualTo(expected.nextClearBit(0));
    assertThat(actual.isEmpty()).isEqualTo(expected.isEmpty());
    for (int block = 0; block <= expected.length(); block++) {
      assertThat(actual.contains(block)).as("block %d", block).isEqualTo(expected.get(block));
    }
    List<Integer> visited = new ArrayList<>();
    actual.forEach(visited::add);
    assertThat(visited).isEqualTo(expected.stream().boxed().toList());
  }

  @Test
  void joinsRangesThatTouch() {
    BlockSet set = BlockSet.of(List.of(new BlockRange(0, 1), new BlockRange(2, 3)));
    assertThat(set.ranges()).containsExactly(new BlockRange(0, 3));
    assertThat(set).hasToString("[[0, 3]]");
  }

  @Test
  void refusesRangesThatOverlapOrDescend() {
    assertThatThrownBy(() -> BlockSet.of(List.of(new BlockRange(0, 2), new BlockRange(2, 3))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockSet.of(List.of(new BlockRange(5, 6), new BlockRange(0, 1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockSet.of(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reachesToTheHighestBlockThatThereMayBe() {
    int highest = Integer.MAX_VALUE - 1;
    BlockSet all = BlockSet.prefix(Integer.MAX_VALUE);
    assertThat(all.contains(highest)).isTrue();
    assertThat(all.count()).isEqualTo(Integer.MAX_VALUE);
    assertThat(all.minus(BlockSet.of(highest, highest)))
        .isEqualTo(BlockSet.prefix(Integer.MAX_VALUE - 1));
  }
}
