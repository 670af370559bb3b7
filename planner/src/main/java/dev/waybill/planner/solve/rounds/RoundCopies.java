package dev.waybill.planner.solve.rounds;

import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The copies of a round-based plan of the planner, as they are collected: those from one host to
 * another that follow each other become one.
 */
final class RoundCopies {
  private final IndexedProblem problem;
  private final Items items;
  private final double rate;

  /** By receiver: the copy that may yet go on. */
  private final @Nullable Open[] open;

  private final List<Copy> done = new ArrayList<>();

  RoundCopies(IndexedProblem problem, Items items, double rate) {
    this.problem = problem;
    this.items = items;
    this.rate = rate;
    open = new Open[problem.hosts()];
  }

  /** A copy so far: how many bytes a sender can send before it begins, and before it ends. */
  private static final class Open {
    private int from;
    private Piece piece;
    private long begin;
    private long end;

    Open(int from, Piece piece, long begin, long end) {
      this.from = from;
      this.piece = piece;
      this.begin = begin;
      this.end = end;
    }
  }

  /** Rounds have to come in ascending order for each receiver. */
  void add(int round, int from, int to, int item) {
    long begin = items.bytesBefore(round);
    for (Piece piece : items.get(item).pieces()) {
      long end = begin + piece.bytes(problem);
      Open o = open[to];
      if (o == null) {
        open[to] = new Open(from, piece, begin, end);
      } else if (o.from == from && o.end == begin && o.piece.continuesWith(piece)) {
        o.piece = o.piece.with(piece);
        o.end = end;
      } else {
        close(to, o);
        o.from = from;
        o.piece = piece;
        o.begin = begin;
        o.end = end;
      }
      begin = end;
    }
  }

  private void close(int to, Open o) {
    done.add(
        new Copy(
            problem.fileIds[o.piece.file()],
            problem.hostIds[o.from],
            problem.hostIds[to],
            o.piece.first(),
            o.piece.last(),
            o.begin / rate,
            rate));
  }

  /** All of them; nothing may be added afterwards. */
  List<Copy> all() {
    for (int to = 0; to < open.length; to++) {
      Open o = open[to];
      if (o != null) {
        close(to, o);
      }
    }
    return done;
  }
}
