package dev.waybill.planner.solve.rounds;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be spread by a round-based plan of the planner, cut into items, one for each round: as
 * many blocks after each other as fit into a number of bytes. With that many bytes to a block every
 * block is an item; a shorter last block is one too.
 */
final class Items {
  /** By item: its blocks, file by file. */
  final List<List<Piece>> pieces;

  /** Of the largest item. */
  final long roundBytes;

  /** How many copies it takes to send each item to one receiver. */
  final long pieceCount;

  private Items(IndexedProblem problem, List<List<Piece>> pieces) {
    this.pieces = pieces;
    roundBytes = pieces.stream().mapToLong(item -> bytes(problem, item)).max().orElse(0);
    pieceCount = pieces.stream().mapToLong(List::size).sum();
  }

  /**
   * Cuts into single blocks; where that makes more than {@code mostPieces}, into items of about so
   * many blocks that it doesn't, as far as the files allow.
   *
   * @param runs at least one, together at most 2^62 bytes
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
    return (int) (first + Math.min(last - first, room / layout.blockSize()) - 1);
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
