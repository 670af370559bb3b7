package dev.waybill.planner.solve.tree;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.indexed.Arrival;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trees of the planner with the blocks that flow over each. Over a tree of rate r and depth d flow
 * n blocks of B bytes in (n + d - 1) B / r seconds; the blocks of a class are split so that its
 * trees are done at the same time.
 */
public final class TreePlan {
  /** How far a level is behind the one above it, beyond a block's time, in block times. */
  private static final double MARGIN = 1e-6;

  private final IndexedProblem problem;
  private final Map<BlockClass, List<Tree>> trees = new LinkedHashMap<>();
  private final Map<Tree, Integer> blocks = new LinkedHashMap<>();
  private final Map<Tree, List<int[]>> ranges = new LinkedHashMap<>();
  private final Map<Tree, Double> begins = new LinkedHashMap<>();
  private double seconds;

  public TreePlan(IndexedProblem problem, List<Tree> all) {
    this.problem = problem;
    for (Tree t : all) {
      trees.computeIfAbsent(t.blocks, k -> new ArrayList<>()).add(t);
    }
    trees.forEach(this::split);
  }

  /** The makespan of it, up to the shorter last blocks. */
  public double seconds() {
    return seconds;
  }

  private void split(BlockClass c, List<Tree> of) {
    double block = problem.layouts[c.file()].blockSize();
    double rate = of.stream().mapToDouble(t -> t.rate).sum();
    long levels = of.stream().mapToLong(t -> t.depth() - 1).sum();
    double target = (c.blocks() + levels) * block / rate;
    int left = c.blocks();
    for (Tree t : of) {
      int n =
          (int) Math.max(0, Math.min(left, Math.floor(target * t.rate / block) - t.depth() + 1));
      blocks.put(t, n);
      left -= n;
    }
    while (left > 0) {
      Tree soonest = of.get(0);
      for (Tree t : of) {
        if (end(t, blocks.getOrDefault(t, 0) + 1)
            < end(soonest, blocks.getOrDefault(soonest, 0) + 1)) {
          soonest = t;
        }
      }
      blocks.merge(soonest, 1, Integer::sum);
      left--;
    }
    int from = 0;
    for (Tree t : of) {
      int n = blocks.getOrDefault(t, 0);
      ranges.put(t, ranges(c, from, n));
      from += n;
      if (n > 0) {
        begins.put(t, begin(t));
        seconds = Math.max(seconds, begin(t) + end(t, n));
      }
    }
  }

  /**
   * When a tree can begin so that its roots have each block in time: blocks come into being at one
   * rate, so that only the first and the last of a run can be late.
   */
  private double begin(Tree t) {
    BlockLayout layout = problem.layouts[t.blocks.file()];
    double begin = 0;
    long sent = 0;
    for (int[] range : ranges.getOrDefault(t, List.of())) {
      for (Run run : t.blocks.runs()) {
        int first = Math.max(range[0], run.first());
        int last = Math.min(range[1], run.last());
        for (Arrival a : first > last ? List.<Arrival>of() : run.arrivals()) {
          if (a.generation() && t.isRoot(a.host())) {
            double before = sent + layout.offset(first) - layout.offset(range[0]);
            double until = sent + layout.offset(last) - layout.offset(range[0]);
            begin = Math.max(begin, a.heldAt(layout, first) - before / t.rate);
            begin = Math.max(begin, a.heldAt(layout, last) - until / t.rate);
          }
        }
      }
      sent += layout.span(range[0], range[1]);
    }
    return begin * (1 + MARGIN);
  }

  private double end(Tree t, int n) {
    return (n + t.depth() - 1) * (double) problem.layouts[t.blocks.file()].blockSize() / t.rate;
  }

  public List<Copy> copies() {
    List<Copy> copies = new ArrayList<>();
    trees.forEach(
        (c, of) -> {
          of.forEach(t -> send(t, ranges.getOrDefault(t, List.of()), copies));
        });
    return copies;
  }

  /** The {@code n} blocks of a class from its {@code from}-th on, as [first, last]. */
  private static List<int[]> ranges(BlockClass c, int from, int n) {
    List<int[]> ranges = new ArrayList<>();
    int before = 0;
    for (Run run : c.runs()) {
      int first = Math.max(from, before);
      int end = Math.min(from + n, before + run.blocks());
      if (first < end) {
        int a = run.first() + first - before;
        int b = run.first() + end - 1 - before;
        int[] previous = ranges.isEmpty() ? new int[] {-1, -2} : ranges.get(ranges.size() - 1);
        if (previous[1] == a - 1) {
          previous[1] = b;
        } else {
          ranges.add(new int[] {a, b});
        }
      }
      before += run.blocks();
    }
    return ranges;
  }

  private void send(Tree t, List<int[]> ranges, List<Copy> out) {
    BlockLayout layout = problem.layouts[t.blocks.file()];
    double behind = layout.blockSize() / t.rate * (1 + MARGIN);
    for (Tree.Edge e : t.edges) {
      double start =
          begins.getOrDefault(t, 0.0) + (e.depth() - 1) * (behind + 4 * Math.ulp(seconds));
      long sent = 0;
      for (int[] range : ranges) {
        out.add(
            new Copy(
                problem.fileIds[t.blocks.file()],
                problem.hostIds[e.from()],
                problem.hostIds[e.to()],
                range[0],
                range[1],
                start + sent / t.rate,
                t.rate));
        sent += layout.span(range[0], range[1]);
      }
    }
  }
}
