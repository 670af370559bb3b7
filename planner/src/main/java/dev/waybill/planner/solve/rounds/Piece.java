package dev.waybill.planner.solve.rounds;

import dev.waybill.planner.indexed.IndexedProblem;

/**
 * Consecutive blocks of one file that are sent in one copy of the planner's round-based plans.
 *
 * @param file index of the file
 */
record Piece(int file, int first, int last) {
  long bytes(IndexedProblem problem) {
    return problem.layouts[file].span(first, last);
  }

  /** Whether {@code next} goes on where this ends. */
  boolean continuesWith(Piece next) {
    return file == next.file && next.first == last + 1;
  }

  /** This and what continues it. */
  Piece with(Piece next) {
    return new Piece(file, first, next.last);
  }
}
