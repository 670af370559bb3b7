package dev.waybill.planner.solve.greedy;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that the greedy solver's list scheduler moves at a time: runs, cut where they are
 * long. Pieces are numbered by file, and each file's numbers begin at a multiple of 64, so that
 * sets of pieces are words of bits by file; the numbers between are no pieces.
 */
final class Pieces {
  private static final int WORD = 64;

  /** The run of each piece; null where there is no such piece. */
  private final @Nullable Run[] run;

  final int[] first;
  final int[] last;
  final long[] bytes;

  /** The first word of each file, and one more. */
  final int[] firstWord;

  private Pieces(List<Run> runs, int[] cuts, IndexedProblem problem) {
    int files = problem.layouts.length;
    firstWord = new int[files + 1];
    int[] count = new int[files];
    for (int i = 0; i < cuts.length; i++) {
      count[runs.get(i).file()] += cuts[i];
    }
    for (int f = 0; f < files; f++) {
      firstWord[f + 1] = firstWord[f] + (count[f] + WORD - 1) / WORD;
    }
    int size = firstWord[files] * WORD;
    run = new Run[size];
    first = new int[size];
    last = new int[size];
    bytes = new long[size];
    int[] next = new int[files];
    for (int i = 0; i < cuts.length; i++) {
      Run r = runs.get(i);
      BlockLayout layout = problem.layouts[r.file()];
      for (int k = 0; k < cuts[i]; k++) {
        int p = firstWord[r.file()] * WORD + next[r.file()]++;
        run[p] = r;
        first[p] = r.first() + (int) ((long) r.blocks() * k / cuts[i]);
        last[p] = r.first() + (int) ((long) r.blocks() * (k + 1) / cuts[i]) - 1;
        bytes[p] = layout.span(first[p], last[p]);
      }
    }
  }

  /** Cuts the files that are needed into about {@code perFile} pieces, fewer within the budget. */
  static Pieces cut(IndexedProblem problem, int perFile, int transferBudget) {
    List<Run> needed = new ArrayList<>();
    double[] bytes = new double[problem.layouts.length];
    double transfers = 0;
    for (Run r : problem.runs) {
      if (r.needers().length > 0) {
        needed.add(r);
        bytes[r.file()] += r.bytes();
        double share = r.bytes() / (double) problem.layouts[r.file()].size();
        transfers += perFile * share * r.needers().length;
      }
    }
    double target = Math.max(1, perFile * Math.min(1, transferBudget / Math.max(1, transfers)));
    int[] cuts = new int[needed.size()];
    for (int i = 0; i < cuts.length; i++) {
      Run r = needed.get(i);
      long wanted = Math.round(target * r.bytes() / bytes[r.file()]);
      cuts[i] = (int) Math.max(1, Math.min(r.blocks(), wanted));
    }
    return new Pieces(needed, cuts, problem);
  }

  /** How many piece transfers the needers need. */
  long transfers() {
    long n = 0;
    for (Run r : run) {
      n += r == null ? 0 : r.needers().length;
    }
    return n;
  }

  int words() {
    return firstWord[firstWord.length - 1];
  }

  int size() {
    return run.length;
  }

  boolean exists(int piece) {
    return bytes[piece] > 0;
  }

  Run run(int piece) {
    return Objects.requireNonNull(run[piece]);
  }

  int file(int piece) {
    return run(piece).file();
  }
}
