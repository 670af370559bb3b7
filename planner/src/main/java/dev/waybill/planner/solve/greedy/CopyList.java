package dev.waybill.planner.solve.greedy;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the flights of the greedy solver's list scheduler into few copies: what went to a relay and
 * no further is left out, and flights of a pair that follow each other at one rate become one copy.
 */
final class CopyList {
  /** By how much of a block's time a merged copy may differ from the flights it is made of. */
  private static final double MERGE_TOLERANCE = 1e-9;

  /** Blocks so brief that rounding outweighs that are left as they were. */
  private static final int ROUNDING_ULPS = 8;

  private final IndexedProblem problem;
  private final Pieces pieces;

  CopyList(IndexedProblem problem, Pieces pieces) {
    this.problem = problem;
    this.pieces = pieces;
  }

  List<Copy> of(List<Flight> flights) {
    Map<Long, List<Flight>> byPair = new HashMap<>();
    for (Flight f : withoutUseless(flights)) {
      byPair
          .computeIfAbsent((long) f.from() << Integer.SIZE | f.to(), k -> new ArrayList<>())
          .add(f);
    }
    List<Copy> copies = new ArrayList<>();
    byPair.values().forEach(of -> merge(of, copies));
    copies.sort(
        Comparator.comparingDouble(Copy::start)
            .thenComparing(Copy::from)
            .thenComparing(Copy::to)
            .thenComparing(Copy::file)
            .thenComparingInt(Copy::first));
    return copies;
  }

  /** All but what relays got and never passed on; from the last flight backwards. */
  private List<Flight> withoutUseless(List<Flight> flights) {
    List<Flight> kept = new ArrayList<>();
    Set<Long> passedOn = new HashSet<>();
    for (int i = flights.size() - 1; i >= 0; i--) {
      Flight f = flights.get(i);
      boolean demanded = Arrays.binarySearch(pieces.run(f.piece()).needers(), f.to()) >= 0;
      if (demanded || passedOn.contains((long) f.to() << Integer.SIZE | f.piece())) {
        kept.add(f);
        passedOn.add((long) f.from() << Integer.SIZE | f.piece());
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  private void merge(List<Flight> flights, List<Copy> out) {
    Map<Integer, List<Copy>> open = new HashMap<>();
    for (Flight f : flights) {
      int file = pieces.file(f.piece());
      Copy next =
          new Copy(
              problem.fileIds[file],
              problem.hostIds[f.from()],
              problem.hostIds[f.to()],
              pieces.first[f.piece()],
              pieces.last[f.piece()],
              f.start(),
              f.rate());
      List<Copy> ofFile = open.computeIfAbsent(file, k -> new ArrayList<>());
      boolean merged = false;
      for (int i = 0; i < ofFile.size() && !merged; i++) {
        Copy joined = joined(problem.layouts[file], ofFile.get(i), next);
        if (joined != null) {
          ofFile.set(i, joined);
          merged = true;
        }
      }
      if (!merged) {
        // Only what ended just now can be continued.
        ofFile.removeIf(c -> closed(problem.layouts[file], c, next, out));
        ofFile.add(next);
      }
    }
    open.values().forEach(out::addAll);
  }

  private static boolean closed(BlockLayout layout, Copy earlier, Copy next, List<Copy> out) {
    boolean closed = earlier.end(layout) < next.start();
    if (closed) {
      out.add(earlier);
    }
    return closed;
  }

  private static @Nullable Copy joined(BlockLayout layout, Copy a, Copy b) {
    if (b.first() != a.last() + 1 || a.rate() != b.rate()) {
      return null;
    }
    double tolerance = MERGE_TOLERANCE * layout.length(b.last()) / b.rate();
    boolean drowned = tolerance < ROUNDING_ULPS * Math.ulp(b.end(layout));
    if (drowned || Math.abs(b.start() - a.end(layout)) > tolerance) {
      return null;
    }
    return new Copy(a.file(), a.from(), a.to(), a.first(), b.last(), a.start(), a.rate());
  }
}
