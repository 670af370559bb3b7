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
  /** By item: its blocks, file by file. */
  final List<List<Piece>> pieces;

  /** How many copies it takes to send each item to one receiver. */
  final long pieceCount;

  /** How many bytes are sent in turn before each item's round; one past the last one's too. */
  private final long[] before;

  private Items(IndexedProblem problem, List<List<Piece>> unordered) {
    pieces = new ArrayList<>(unordered);
    pieces.sort(Comparator.comparingLong(item -> bytes(problem, item)));
    pieceCount = pieces.stream().mapToLong(List::size).sum();
    before = new long[pieces.size() + 1];
    for (int i = 0; i < pieces.size(); i++) {
      before[i + 1] = before[i] + bytes(problem, pieces.get(i));
    }
  }

  /** How many bytes each sender can send before {@code round} begins. */
  long bytesBefore(int round) {
    int n = pieces.size();
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
    Items items = new Items(problem, byBlocks(problem, runs, each));
    while (items.pieceCount > most && each < blocks) {
      each *= 2;
      items = new Items(problem, byBlocks(problem, runs, each));
    }
    return items;
  }

  private static List<List<Piece>> byBlocks(IndexedProblem problem, List<Run> runs, long each) {
    long largest = 0;
    long total = 0;
    for (Run run : runs) {
      largest = Math.max(largest, problem.layouts[run.file()].length(run.first()));
      total += run.bytes();
    }
    long room = each > total / largest ? total : each * largest;
    return byBytes(problem, runs, room);
  }

  private static List<List<Piece>> byBytes(IndexedProblem problem, List<Run> runs, long room) {
    List<List<Piece>> items = new ArrayList<>();
    List<Piece> item = new ArrayList<>();
    long left = room;
    for (Run run : runs) {
      int next = run.first();
      while (next <= run.last()) {
        int last = lastThatFits(problem.layouts[run.file()], next, run.last(), left);
        if (last < next) {
          items.add(item);
          item = new ArrayList<>();
          left = room;
        } else {
          Piece piece = new Piece(run.file(), next, last);
          append(item, piece);
          left -= piece.bytes(problem);
          next = last + 1;
        }
      }
    }
    items.add(item);
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

  private static long bytes(IndexedProblem problem, List<Piece> item) {
    return item.stream().mapToLong(p -> p.bytes(problem)).sum();
  }
}
