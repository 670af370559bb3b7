package dev.waybill.planner.solve.rounds;

import java.util.Arrays;

/**
 * The planner's broadcast of m items from one source to n receivers in the least number of rounds,
 * m + floor(log2 n), where in a round everybody sends at most one item and receives at most one
 * (Mundinger, Weber and Weiss, Optimal scheduling of peer-to-peer file dissemination, J. Scheduling
 * 11, 2008: no schedule is faster).
 *
 * <p>The source is vertex 0 of a hypercube of d = floor(log2(n + 1)) dimensions, and each of the
 * other 2^d - 1 vertices is one receiver or a pair of them; since n + 1 < 2^(d+1), that is room
 * enough.
 *
 * <p><b>Between vertices</b> (the binomial pipeline of Ganesan and Seshadri, On cooperative content
 * distribution and the price of barter, ICDCS 2005): round t is dimension t mod d, in which each
 * vertex exchanges items with its neighbour. The source sends item t; where a vertex's bit t mod d
 * is set and its next set bit, cyclically, is i places on (1 <= i <= d), it gets item t - d + i;
 * where the bit is not set, it gets item t - d. So item b goes to the vertices with bit b mod d
 * within the d rounds from b on, along a binomial tree, each round adding those whose highest set
 * bit, counted from b, is that round's; to all the others it goes across dimension b mod d in round
 * b + d. Over d rounds a vertex gets one item of each residue modulo d, hence none twice. Items
 * above the last, l = m - 1, are replaced by l itself: the source repeats it, and it spreads along
 * a whole binomial tree from round l to round l + d - 1. So vertices have everything after m + d -
 * 1 rounds.
 *
 * <p><b>Within a pair</b> (the cooperation of Jia, Process cooperation in multiple message
 * broadcast, Parallel Computing 35, 2009): the member that has the item that the vertex has to send
 * sends it; the other receives the vertex's new item, and gives the first what that lacks. Each
 * lacks at most one item after every round, for which one more round is needed at the end. That
 * makes m + d - 1 = m + floor(log2 n) rounds where n = 2^d - 1, and m + d = m + floor(log2 n)
 * otherwise.
 */
final class PairedHypercube {
  private static final int NONE = -1;

  private final int receivers;
  private final int items;
  private final int dimensions;
  private final int vertices;

  /** What only this member of a pair has, or NONE; by receiver. */
  private final int[] onlyHere;

  /** In this round, by vertex: who sends along the dimension, and who receives. */
  private final int[] sender;

  private final int[] receiver;

  private PairedHypercube(int receivers, int items) {
    this.receivers = receivers;
    this.items = items;
    dimensions = floorLog2(receivers + 1);
    vertices = 1 << dimensions;
    onlyHere = new int[receivers + 1];
    Arrays.fill(onlyHere, NONE);
    sender = new int[vertices];
    receiver = new int[vertices];
  }

  /** Items + floor(log2 receivers). */
  static int rounds(int receivers, int items) {
    return items + floorLog2(receivers);
  }

  /**
   * Tells every hop, round by round.
   *
   * @param receivers at least 1, below 2^30
   * @param items at least 1, below 2^30
   */
  static void broadcast(int receivers, int items, Hops hops) {
    PairedHypercube cube = new PairedHypercube(receivers, items);
    int rounds = rounds(receivers, items);
    for (int t = 0; t < rounds; t++) {
      cube.round(t, hops);
    }
  }

  private static int floorLog2(int n) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(n);
  }

  private void round(int t, Hops hops) {
    int across = 1 << (t % dimensions);
    for (int v = 1; v < vertices; v++) {
      chooseMembers(v, sent(t, v ^ across));
    }
    for (int v = 1; v < vertices; v++) {
      int in = received(t, v);
      if (isPair(v)) {
        exchange(t, v, in, sent(t, v ^ across), hops);
      }
      if (in != NONE) {
        hops.hop(t, sender[v ^ across], receiver[v], in);
      }
    }
  }

  /** What vertex {@code to} is sent; nothing is sent to the source. */
  private int sent(int t, int to) {
    return to == 0 ? NONE : received(t, to);
  }

  /** The item that vertex {@code v}, which is not the source, gets in round {@code t}. */
  private int received(int t, int v) {
    int bit = t % dimensions;
    int turned = (v >>> bit | v << (dimensions - bit)) & (vertices - 1);
    int rest = turned & ~1;
    int onward = turned == rest ? 0 : rest == 0 ? dimensions : Integer.numberOfTrailingZeros(rest);
    int item = t - dimensions + onward;
    return item < 0 || t >= items + dimensions - 1 ? NONE : Math.min(item, items - 1);
  }

  private boolean isPair(int v) {
    return second(v) <= receivers;
  }

  /** The first member of vertex v is receiver v; the second, if there is one, this. */
  private int second(int v) {
    return vertices - 1 + v;
  }

  private void chooseMembers(int v, int out) {
    boolean secondSends = isPair(v) && (out == NONE || onlyHere[v] != out);
    sender[v] = secondSends ? second(v) : v;
    receiver[v] = isPair(v) && !secondSends ? second(v) : v;
  }

  private void exchange(int t, int v, int in, int out, Hops hops) {
    int s = sender[v];
    int r = receiver[v];
    if (onlyHere[r] != NONE) {
      hops.hop(t, r, s, onlyHere[r]);
    }
    if (in == NONE && out == NONE && onlyHere[s] != NONE) {
      hops.hop(t, s, r, onlyHere[s]);
      onlyHere[s] = NONE;
    }
    onlyHere[r] = in;
  }
}
