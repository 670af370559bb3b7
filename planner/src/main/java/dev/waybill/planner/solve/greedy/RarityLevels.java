package dev.waybill.planner.solve.greedy;

import java.util.ArrayList;
import java.util.List;

/**
 * Pieces of the greedy solver's list scheduler by how many hosts have or are being sent them: finds
 * the rarest one that a sender has and a receiver wants without looking at each.
 */
final class RarityLevels {
  /** Up to so many common pieces each is looked at, rather than each level. */
  private static final int FEW = 48;

  private final int words;
  private final long[] common;
  private final int[] levelOf;

  /** By number of hosts, the pieces that so many have, as bits. */
  private final List<long[]> levels = new ArrayList<>();

  private final List<Integer> counts = new ArrayList<>();
  private int lowest;

  /**
   * @param words of a set of pieces
   */
  RarityLevels(int words) {
    this.words = words;
    this.common = new long[words];
    this.levelOf = new int[words * Long.SIZE];
  }

  /** A piece that so many hosts have. */
  void add(int piece, int hosts) {
    while (levels.size() <= hosts) {
      levels.add(new long[words]);
      counts.add(0);
    }
    levels.get(hosts)[piece >> 6] |= 1L << piece;
    counts.set(hosts, counts.get(hosts) + 1);
    levelOf[piece] = hosts;
    lowest = Math.min(lowest, hosts);
  }

  /** One more host has it than the {@code before} that did. */
  void raise(int piece, int before) {
    levels.get(before)[piece >> 6] &= ~(1L << piece);
    counts.set(before, counts.get(before) - 1);
    add(piece, before + 1);
    while (lowest < counts.size() - 1 && counts.get(lowest) == 0) {
      lowest++;
    }
  }

  /**
   * The first of the rarest pieces in {@code held} and {@code wanted} that is in {@code present},
   * or that is not; -1 where there is none.
   */
  int rarest(long[] held, long[] wanted, long[] present, boolean isPresent) {
    long flip = isPresent ? 0 : -1;
    int found = 0;
    for (int w = 0; w < words; w++) {
      common[w] = held[w] & wanted[w] & (present[w] ^ flip);
      found += Long.bitCount(common[w]);
    }
    return found == 0 ? -1 : found <= FEW ? byPiece() : byLevel();
  }

  private int byPiece() {
    int best = -1;
    for (int w = 0; w < words; w++) {
      for (long bits = common[w]; bits != 0; bits &= bits - 1) {
        int piece = (w << 6) + Long.numberOfTrailingZeros(bits);
        if (best < 0 || levelOf[piece] < levelOf[best]) {
          best = piece;
        }
      }
    }
    return best;
  }

  private int byLevel() {
    for (int level = lowest; level < levels.size(); level++) {
      if (counts.get(level) > 0) {
        long[] of = levels.get(level);
        for (int w = 0; w < words; w++) {
          long found = of[w] & common[w];
          if (found != 0) {
            return (w << 6) + Long.numberOfTrailingZeros(found);
          }
        }
      }
    }
    throw new IllegalStateException("a piece without a level");
  }
}
