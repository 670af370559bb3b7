package dev.waybill.planner.solve.rounds;

import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A plan of the planner in rounds, in each of which every host sends at most one item and receives
 * at most one: the optimum where all receivers are equal and the network between them is ample.
 *
 * <p>It exists where some hosts hold everything that is missing, all others that need anything need
 * all of it, nothing is under way or still being made, and everybody is connected with everybody.
 * With N receivers, M items and G sources (hosts that hold everything, each counted as often as it
 * can send at the receivers' rate, at most N), each source serves its share of the receivers alone
 * ({@link PairedHypercube}), and the plan takes
 *
 * <pre>   M + floor(log2(ceil(N / G))) rounds,
 *   (bytes of all items + floor(log2(ceil(N / G))) * bytes of the largest) / rate seconds.</pre>
 *
 * <p>No plan takes fewer rounds, if copies take whole rounds: after j of them at most G 2^j senders
 * exist, so at most G (2^j - 1) receivers have anything, and while that is less than N, that is,
 * for all j up to floor(log2(ceil(N / G))), some receiver still lacks everything and then needs M
 * more rounds. For G = 1 that is the result of Mundinger, Weber and Weiss (2008), who also show
 * that nothing is gained by copies that don't take whole rounds.
 *
 * <p>The rate is the lowest that any resource allows, so that with unequal hosts, or where what
 * joins the locations is short, the plan is valid but may be far from the best: ask for its {@link
 * #seconds} before its copies. An item is one block, unless that makes too many copies.
 */
public final class RoundPlan {
  /** The number of copies that a plan does not exceed. */
  public static final long MOST_COPIES = 4_000_000;

  /** Bytes from which on sums might overflow. */
  private static final double TOO_MANY_BYTES = 0x1p57;

  private final IndexedProblem problem;
  private final Lanes lanes;
  private final Items items;

  private RoundPlan(IndexedProblem problem, Lanes lanes, Items items) {
    this.problem = problem;
    this.lanes = lanes;
    this.items = items;
  }

  /** The plan of at most {@link #MOST_COPIES} for a problem, or null where there is none. */
  public static @Nullable RoundPlan of(IndexedProblem problem) {
    return of(problem, MOST_COPIES);
  }

  /**
   * The plan for a problem, or null where there is none. Where a copy for every block and receiver
   * would be more than {@code mostCopies}, several blocks make an item; the plan then takes longer
   * by floor(log2 N) times what the largest item takes more than a block.
   *
   * @param mostCopies at least 1
   */
  public static @Nullable RoundPlan of(IndexedProblem problem, long mostCopies) {
    List<BlockClass> classes = BlockClass.of(problem);
    if (classes.isEmpty() || !problem.arrivals.isEmpty()) {
      return null;
    }
    int[] receivers = classes.get(0).needers();
    int[] holders = holders(classes);
    double bytes = classes.stream().mapToDouble(BlockClass::bytes).sum();
    if (holders.length == 0
        || bytes > TOO_MANY_BYTES
        || !classes.stream().allMatch(c -> Arrays.equals(c.needers(), receivers))
        || !Arrays.stream(receivers).allMatch(h -> problem.room[h] >= bytes)) {
      return null;
    }
    Lanes lanes = Lanes.of(problem, holders, receivers);
    if (lanes == null) {
      return null;
    }
    List<Run> runs = problem.runs.stream().filter(r -> r.needers().length > 0).toList();
    Items items = Items.cut(problem, runs, mostCopies / receivers.length);
    return items.pieces() * receivers.length <= mostCopies
        ? new RoundPlan(problem, lanes, items)
        : null;
  }

  /** Those that possess everything. */
  private static int[] holders(List<BlockClass> classes) {
    IntStream holders = Arrays.stream(classes.get(0).possessors());
    for (BlockClass c : classes) {
      holders = holders.filter(h -> Arrays.binarySearch(c.possessors(), h) >= 0);
    }
    return holders.toArray();
  }

  /** In how many rounds it is done. */
  public int rounds() {
    int each = 1 + (lanes.receivers().length - 1) / lanes.sources().length;
    return PairedHypercube.rounds(each, items.count());
  }

  /** When it is done, or somewhat later where items are unequal. */
  public double seconds() {
    return items.bytesBefore(rounds()) / lanes.rate();
  }

  /** Its copies; consecutive items between the same hosts are one. */
  public List<Copy> copies() {
    RoundCopies copies = new RoundCopies(problem, items, lanes.rate());
    int groups = lanes.sources().length;
    int[] receivers = lanes.receivers();
    for (int g = 0; g < groups; g++) {
      int source = lanes.sources()[g];
      int begin = (int) ((long) receivers.length * g / groups);
      int end = (int) ((long) receivers.length * (g + 1) / groups);
      PairedHypercube.broadcast(
          end - begin,
          items.count(),
          (round, from, to, item) ->
              copies.add(
                  round,
                  from == 0 ? source : receivers[begin + from - 1],
                  receivers[begin + to - 1],
                  item));
    }
    return copies.all();
  }
}
