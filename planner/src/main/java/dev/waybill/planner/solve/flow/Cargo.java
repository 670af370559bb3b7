package dev.waybill.planner.solve.flow;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.Arrival;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All blocks, of one file or of several, that the same hosts hold and the same hosts need, one
 * after the other: what a forest of the flow solver carries. A position is the number of a block in
 * it, from 0.
 */
final class Cargo {
  private final IndexedProblem problem;
  private final BlockClass representative;
  private final List<Run> runs;
  private final List<Segment> segments;
  private final int blocks;
  private final long bytes;
  private final long largestBlock;

  /** Blocks {@code first..last} of a file, which begin at {@code position}. */
  record Segment(int file, int first, int last, int position) {
    int blocks() {
      return last - first + 1;
    }
  }

  private Cargo(IndexedProblem problem, List<BlockClass> classes) {
    this.problem = problem;
    this.representative = classes.get(0);
    List<Segment> all = new ArrayList<>();
    int position = 0;
    long sum = 0;
    long largest = 0;
    for (BlockClass c : classes) {
      for (Run run : c.runs()) {
        all.add(new Segment(run.file(), run.first(), run.last(), position));
        position += run.blocks();
        sum += run.bytes();
        largest = Math.max(largest, problem.layouts[run.file()].length(run.first()));
      }
    }
    this.runs = classes.stream().flatMap(c -> c.runs().stream()).toList();
    this.segments = List.copyOf(all);
    this.blocks = position;
    this.bytes = sum;
    this.largestBlock = largest;
  }

  /** The cargoes of a problem, in the order of their first blocks. */
  static List<Cargo> of(IndexedProblem problem, List<BlockClass> classes) {
    Map<List<List<Integer>>, List<BlockClass>> alike = new LinkedHashMap<>();
    for (BlockClass c : classes) {
      List<List<Integer>> key = List.of(list(c.possessors()), list(c.needers()));
      alike.computeIfAbsent(key, k -> new ArrayList<>()).add(c);
    }
    return alike.values().stream().map(of -> new Cargo(problem, of)).toList();
  }

  private static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** One of its classes: they have the same possessors and needers. */
  BlockClass representative() {
    return representative;
  }

  int[] needers() {
    return representative.needers();
  }

  int blocks() {
    return blocks;
  }

  long bytes() {
    return bytes;
  }

  long largestBlock() {
    return largestBlock;
  }

  /** Whether blocks of such a class are among it. */
  boolean contains(BlockClass of) {
    int first = of.runs().get(0).first();
    return segments.stream().anyMatch(s -> s.file == of.file() && s.first == first);
  }

  /** Hosts that hold all of it at time 0; where there are none, those where all of it is made. */
  int[] roots() {
    int[] holding =
        Arrays.stream(representative.possessors())
            .filter(h -> runs.stream().allMatch(r -> holds(r, h)))
            .toArray();
    return holding.length > 0
        ? holding
        : Arrays.stream(representative.possessors())
            .filter(h -> runs.stream().allMatch(r -> holds(r, h) || making(r, h) != null))
            .toArray();
  }

  private static boolean holds(Run run, int host) {
    return Arrays.binarySearch(run.holders(), host) >= 0;
  }

  private static @Nullable Arrival making(Run run, int host) {
    return run.arrivals().stream()
        .filter(a -> a.host() == host && a.generation())
        .findFirst()
        .orElse(null);
  }

  /**
   * When a root holds the blocks at positions {@code from..from + count - 1}, in seconds; null
   * where it holds all of the cargo at time 0.
   */
  double @Nullable [] heldAt(int root, int from, int count) {
    if (runs.stream().allMatch(r -> holds(r, root))) {
      return null;
    }
    double[] heldAt = new double[count];
    int position = 0;
    for (Run run : runs) {
      Arrival made = holds(run, root) ? null : making(run, root);
      int first = Math.max(from, position);
      int end = Math.min(from + count, position + run.blocks());
      for (int p = first; p < end && made != null; p++) {
        heldAt[p - from] = made.heldAt(problem.layouts[run.file()], run.first() + p - position);
      }
      position += run.blocks();
    }
    return heldAt;
  }

  /** What stands at positions {@code from..from + count - 1}. */
  List<Segment> between(int from, int count) {
    List<Segment> found = new ArrayList<>();
    for (Segment s : segments) {
      int first = Math.max(from, s.position);
      int end = Math.min(from + count, s.position + s.blocks());
      if (first < end) {
        int before = s.first - s.position;
        found.add(new Segment(s.file, before + first, before + end - 1, first));
      }
    }
    return found;
  }

  /** Bytes of a segment. */
  long bytes(Segment s) {
    return layout(s).span(s.first, s.last);
  }

  BlockLayout layout(Segment s) {
    return problem.layouts[s.file];
  }
}
