package dev.waybill.planner.solve.rounds;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is to be spread by a round-based plan of the planner, cut into items: as many blocks after
 * each other as fit into a number of bytes. With that many bytes to a block every block is an item;
 * a shorter last block is one too.
 *
 * <p>Items are in ascending order of their bytes. Since the source sends item t in round t, and
 * nobody sends a later one by then, round t need only be as long as item t takes. So an item that
 * is smaller than the others takes as little more time as it has bytes.
 */
final class Items {
  private final List<Item> items;

  /** How many bytes are sent in turn before each item's round; one past the last one's too. */
  private final long[] before;

  /**
   * What is sent in one round.
   *
   * @param pieces its blocks, at least one
   */
  record Item(List<Piece> pieces, long bytes) {}

  private Items(List<Item> unordered) {
    items = new ArrayList<>(unordered);
    items.sort(Comparator.comparingLong(Item::bytes));
    before = new long[items.size() + 1];
    for (int i = 0; i < items.size(); i++) {
      before[i + 1] = before[i] + items.get(i).bytes;
    }
  }

  int count() {
    return items.size();
  }

  Item get(int item) {
    return items.get(item);
  }

  /** How many copies it takes to send each item to one receiver. */
  long pieces() {
    return items.stream().mapToLong(item -> item.pieces.size()).sum();
  }

  /** How many bytes each sender can send before {@code round} begins. */
  long bytesBefore(int round) {
    int n = items.size();
    long largest = before[n] - before[n - 1];
    return round <= n ? before[round] : before[n] + (round - n) * largest;
  }

  /**
   * Cuts into single blocks; where that makes more than {@code mostPieces}, into items of about so
   * many blocks that it doesn't, as far as the files allow.
   *
   * @param runs at least one, together at most 2^57 bytes
   */
  static Items cut(IndexedProblem problem, List<Run> runs, long mostPieces) {
    long blocks = runs.stream().mapToLong(Run::blocks).sum();
    long most = Math.max(1, mostPieces);
    long each = (blocks + most - 1) / most;
    Items items = new Items(byBlocks(problem, runs, each));
    while (items.pieces() > most && each < blocks) {
      each *= 2;
      items = new Items(byBlocks(problem, runs, each));
    }
    return items;
  }

  private static List<Item> byBlocks(IndexedProblem problem, List<Run> runs, long each) {
    long largest = 0;
    long total = 0;
    for (Run run : runs) {
      largest = Math.max(largest, problem.layouts[run.file()].length(run.first()));
      total += run.bytes();
    }
    long room = each > total / largest ? total : each * largest;
    return byBytes(problem, runs, room);
  }

  private static List<Item> byBytes(IndexedProblem problem, List<Run> runs, long room) {
    List<Item> items = new ArrayList<>();
    List<Piece> item = new ArrayList<>();
    long left = room;
    for (Run run : runs) {
      int next = run.first();
      while (next <= run.last()) {
        int last = lastThatFits(problem.layouts[run.file()], next, run.last(), left);
        if (last < next) {
          items.add(new Item(List.copyOf(item), room - left));
          item.clear();
          left = room;
        } else {
          Piece piece = new Piece(run.file(), next, last);
          append(item, piece);
          left -= piece.bytes(problem);
          next = last + 1;
        }
      }
    }
    items.add(new Item(List.copyOf(item), room - left));
    return items;
  }

  /** Below {@code first} where not even that fits. */
  private static int lastThatFits(BlockLayout layout, int first, int last, long room) {
    if (layout.span(first, last) <= room) {
      return last;
    }
    return first + (int) (room / layout.blockSize()) - 1;
  }

  private static void append(List<Piece> item, Piece piece) {
    int end = item.size() - 1;
    if (end >= 0 && item.get(end).continuesWith(piece)) {
      item.set(end, item.get(end).with(piece));
    } else {
      item.add(piece);
    }
  }
}
