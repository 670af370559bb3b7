package dev.waybill.model.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which blocks of a file somebody has: an immutable set of the catalogue, kept as ascending ranges
 * that neither overlap nor touch, so that its size is that of its gaps and not that of the file.
 *
 * <p>As JSON: {@code [[first, last], ...]}.
 */
public final class BlockSet {
  public static final BlockSet EMPTY = new BlockSet(new int[0]);

  /** first, last, first, last, ... */
  private final int[] ends;

  private BlockSet(int[] ends) {
    this.ends = ends;
  }

  /** The blocks {@code 0 .. count - 1}. */
  public static BlockSet prefix(int count) {
    return count == 0 ? EMPTY : new BlockSet(new int[] {0, count - 1});
  }

  public static BlockSet of(int first, int last) {
    BlockRange range = new BlockRange(first, last);
    return new BlockSet(new int[] {range.first(), range.last()});
  }

  /** The set bits of {@code bits}. */
  public static BlockSet of(BitSet bits) {
    Builder b = new Builder();
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      b.add(first, end - 1);
      first = bits.nextSetBit(end);
    }
    return b.build();
  }

  /**
   * @param ranges ascending and disjoint; they may touch
   * @throws IllegalArgumentException where they are not
   */
  public static BlockSet of(List<BlockRange> ranges) {
    Builder b = new Builder();
    ranges.forEach(r -> b.add(r.first(), r.last()));
    return b.build();
  }

  @JsonCreator
  static BlockSet fromPairs(int[][] pairs) {
    Builder b = new Builder();
    for (int[] p : pairs) {
      if (p.length != 2) {
        throw new IllegalArgumentException("a range of blocks is [first, last]");
      }
      b.add(p[0], p[1]);
    }
    return b.build();
  }

  @JsonValue
  int[][] toPairs() {
    int[][] pairs = new int[ends.length / 2][];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new int[] {ends[2 * i], ends[2 * i + 1]};
    }
    return pairs;
  }

  public List<BlockRange> ranges() {
    List<BlockRange> out = new ArrayList<>(ends.length / 2);
    for (int i = 0; i < ends.length; i += 2) {
      out.add(new BlockRange(ends[i], ends[i + 1]));
    }
    return out;
  }

  public boolean isEmpty() {
    return ends.length == 0;
  }

  /** How many blocks are in it. */
  public int count() {
    int n = 0;
    for (int i = 0; i < ends.length; i += 2) {
      n += ends[i + 1] - ends[i] + 1;
    }
    return n;
  }

  public boolean contains(int block) {
    int at = Arrays.binarySearch(ends, block);
    if (at >= 0) {
      return true;
    }
    // Between two ends: inside exactly where the end before it is a first.
    return (-at - 1) % 2 == 1;
  }

  /** How many blocks from block 0 on are in it without a gap. */
  public int prefixCount() {
    return ends.length > 0 && ends[0] == 0 ? ends[1] + 1 : 0;
  }

  /** One past the highest block in it; 0 where it is empty. */
  public int end() {
    return ends.length == 0 ? 0 : ends[ends.length - 1] + 1;
  }

  public BlockSet union(BlockSet other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    Builder b = new Builder();
    int i = 0;
    int j = 0;
    while (i < ends.length || j < other.ends.length) {
      if (j >= other.ends.length || (i < ends.length && ends[i] <= other.ends[j])) {
        b.merge(ends[i], ends[i + 1]);
        i += 2;
      } else {
        b.merge(other.ends[j], other.ends[j + 1]);
        j += 2;
      }
    }
    return b.build();
  }

  /** What is in this set and not in {@code other}. */
  public BlockSet minus(BlockSet other) {
    Builder b = new Builder();
    int j = 0;
    for (int i = 0; i < ends.length; i += 2) {
      int from = ends[i];
      int to = ends[i + 1];
      while (j < other.ends.length && other.ends[j + 1] < from) {
        j += 2;
      }
      for (int k = j; from <= to && k < other.ends.length && other.ends[k] <= to; k += 2) {
        if (other.ends[k] > from) {
          b.add(from, other.ends[k] - 1);
        }
        from = other.ends[k + 1] == Integer.MAX_VALUE ? Integer.MAX_VALUE : other.ends[k + 1] + 1;
      }
      if (from <= to) {
        b.add(from, to);
      }
    }
    return b.build();
  }

  public BlockSet intersection(BlockSet other) {
    return minus(minus(other));
  }

  public void forEach(IntConsumer action) {
    for (int i = 0; i < ends.length; i += 2) {
      for (int block = ends[i]; block <= ends[i + 1]; block++) {
        action.accept(block);
      }
    }
  }

  public BitSet toBitSet() {
    BitSet bits = new BitSet(end());
    for (int i = 0; i < ends.length; i += 2) {
      bits.set(ends[i], ends[i + 1] + 1);
    }
    return bits;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof BlockSet other && Arrays.equals(ends, other.ends);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ends);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(toPairs());
  }

  /** Gathers ranges in ascending order, joining those that touch. */
  private static final class Builder {
    private int[] ends = new int[8];
    private int length;

    void add(int first, int last) {
      BlockRange range = new BlockRange(first, last);
      if (length > 0 && first <= ends[length - 1]) {
        throw new IllegalArgumentException(
            "ranges that overlap or do not ascend at " + first + " after " + ends[length - 1]);
      }
      merge(range.first(), range.last());
    }

    void merge(int first, int last) {
      if (length > 0 && first <= ends[length - 1] + 1L) {
        ends[length - 1] = Math.max(ends[length - 1], last);
        return;
      }
      if (length == ends.length) {
        ends = Arrays.copyOf(ends, 2 * length);
      }
      ends[length++] = first;
      ends[length++] = last;
    }

    BlockSet build() {
      return length == 0 ? EMPTY : new BlockSet(Arrays.copyOf(ends, length));
    }
  }
}
