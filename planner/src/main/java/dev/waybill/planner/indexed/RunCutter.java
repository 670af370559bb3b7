package dev.waybill.planner.indexed;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.schedule.Holding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the files of an indexed problem into runs, at every block where a holding, a generation or a
 * copy in progress begins or ends.
 */
final class RunCutter {
  private final IndexedProblem problem;
  private final List<List<Span>> held;
  private final List<List<Arrival>> arriving;

  private @Nullable String conflict;

  private record Span(int host, int first, int last) {}

  RunCutter(
      IndexedProblem problem, Map<String, Integer> hostIndex, Map<String, Integer> fileIndex) {
    this.problem = problem;
    held = lists(problem.layouts.length);
    arriving = lists(problem.layouts.length);
    for (Holding h : problem.problem.holdings()) {
      int host = IndexedProblem.get(hostIndex, h.host());
      List<Span> spans = held.get(IndexedProblem.get(fileIndex, h.file()));
      for (BlockRange r : h.blocks().ranges()) {
        spans.add(new Span(host, r.first(), r.last()));
      }
    }
    problem.arrivals.forEach(a -> arriving.get(a.file()).add(a));
  }

  List<Run> cut() {
    List<Run> runs = new ArrayList<>();
    for (int f = 0; f < problem.layouts.length; f++) {
      if (problem.layouts[f].blockCount() > 0) {
        cut(f, runs);
      }
    }
    return List.copyOf(runs);
  }

  private void cut(int file, List<Run> out) {
    BlockLayout layout = problem.layouts[file];
    int[] starts = starts(file, layout.blockCount());
    List<List<Integer>> holders = lists(starts.length);
    List<List<Arrival>> arrivals = lists(starts.length);
    for (Span s : held.get(file)) {
      for (int i = indexOf(starts, s.first); i < starts.length && starts[i] <= s.last; i++) {
        holders.get(i).add(s.host);
      }
    }
    for (Arrival a : arriving.get(file)) {
      for (int i = indexOf(starts, a.first()); i < starts.length && starts[i] <= a.last(); i++) {
        arrivals.get(i).add(a);
      }
    }
    for (int i = 0; i < starts.length; i++) {
      int last = (i + 1 < starts.length ? starts[i + 1] : layout.blockCount()) - 1;
      int[] holding = holders.get(i).stream().mapToInt(h -> h).sorted().toArray();
      List<Arrival> later = earliest(layout, starts[i], holding, arrivals.get(i));
      out.add(
          new Run(
              file,
              starts[i],
              last,
              layout.span(starts[i], last),
              holding,
              later,
              needers(file, holding, later)));
    }
  }

  private int[] starts(int file, int blockCount) {
    IntStream.Builder at = IntStream.builder();
    at.add(0);
    held.get(file).forEach(s -> at.add(s.first).add(s.last + 1));
    arriving.get(file).forEach(a -> at.add(a.first()).add(a.last() + 1));
    return at.build().filter(b -> b < blockCount).sorted().distinct().toArray();
  }

  private static int indexOf(int[] starts, int block) {
    return Arrays.binarySearch(starts, block);
  }

  /** For each host that does not hold the run already, the arrival that brings it first. */
  private List<Arrival> earliest(
      BlockLayout layout, int block, int[] holding, List<Arrival> arrivals) {
    Map<Integer, Arrival> byHost = new LinkedHashMap<>();
    for (Arrival a : arrivals) {
      boolean held = Arrays.binarySearch(holding, a.host()) >= 0;
      Arrival other = byHost.get(a.host());
      if (held || other != null) {
        noteConflict(a, other);
      }
      if (!held && (other == null || a.heldAt(layout, block) < other.heldAt(layout, block))) {
        byHost.put(a.host(), a);
      }
    }
    return List.copyOf(byHost.values());
  }

  private void noteConflict(Arrival a, @Nullable Arrival other) {
    if (conflict == null && (!a.generation() || (other != null && !other.generation()))) {
      conflict =
          "copies in progress bring host "
              + problem.hostIds[a.host()]
              + " blocks of "
              + problem.fileIds[a.file()]
              + " that it holds or gets otherwise";
    }
  }

  @Nullable String conflict() {
    return conflict;
  }

  private int[] needers(int file, int[] holding, List<Arrival> later) {
    BitSet served = new BitSet();
    Arrays.stream(holding).forEach(served::set);
    later.forEach(a -> served.set(a.host()));
    return Arrays.stream(problem.demandersOf[file]).filter(h -> !served.get(h)).sorted().toArray();
  }

  private static <T> List<List<T>> lists(int n) {
    List<List<T>> out = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      out.add(new ArrayList<>());
    }
    return out;
  }
}
