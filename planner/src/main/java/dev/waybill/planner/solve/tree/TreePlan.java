package dev.waybill.planner.solve.tree;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
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
  private final double begin;
  private final Map<BlockClass, List<Tree>> trees = new LinkedHashMap<>();
  private final Map<Tree, Integer> blocks = new LinkedHashMap<>();
  private final Map<Tree, List<int[]>> ranges = new LinkedHashMap<>();
  private final Map<Tree, Double> begins = new LinkedHashMap<>();
  private double seconds;

  /** Trees that begin at once. */
  public TreePlan(IndexedProblem problem, List<Tree> all) {
    this(problem, 0, all);
  }

  /**
   * @param all trees whose rates together keep the capacities of the ground; of each class that
   *     somebody needs at least one
   */
  public TreePlan(TreeGround ground, List<Tree> all) {
    this(ground.problem, ground.begin, all);
  }

  private TreePlan(IndexedProblem problem, double begin, List<Tree> all) {
    this.problem = problem;
    this.begin = begin;
    for (Tree t : all) {
      trees.computeIfAbsent(t.blocks, k -> new ArrayList<>()).add(t);
    }
    trees.forEach(this::split);
  }

  /** The trees, by class. */
  public List<Tree> trees() {
    return trees.values().stream().flatMap(List::stream).toList();
  }

  /** The makespan of it, up to the shorter last blocks. */
  public double seconds() {
    return seconds;
  }

  /**
   * The score of it, by the objective of the problem, up to the shorter last blocks and to what
   * copies in progress bring; in proportion to the trees' edges.
   */
  public double score() {
    Objective objective = problem.problem.objective();
    if (objective.isMakespanAlone()) {
      return seconds;
    }
    double[][] completion = new double[problem.layouts.length][problem.hosts()];
    double cost = 0;
    for (Map.Entry<Tree, Integer> e : blocks.entrySet()) {
      Tree t = e.getKey();
      double block = problem.layouts[t.blocks.file()].blockSize();
      double[] ofFile = completion[t.blocks.file()];
      double byteCost = 0;
      for (Tree.Edge edge : e.getValue() == 0 ? List.<Tree.Edge>of() : t.edges) {
        double end =
            begins.getOrDefault(t, begin) + (e.getValue() + edge.depth() - 1) * block / t.rate;
        ofFile[edge.to()] = Math.max(ofFile[edge.to()], end);
        for (int r : edge.way()) {
          byteCost += problem.costPerByte[r];
        }
      }
      cost += byteCost * e.getValue() * block;
    }
    double weighted = 0;
    double late = 0;
    for (int d = 0; d < problem.demandHost.length; d++) {
      Demand demand = problem.problem.demands().get(d);
      double end = completion[problem.demandFile[d]][problem.demandHost[d]];
      weighted += demand.weight() * end;
      Double deadline = demand.deadline();
      late += deadline == null ? 0 : demand.weight() * Math.max(0, end - deadline);
    }
    return objective.score(seconds, weighted, cost, late);
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
    double begin = this.begin;
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

  /** One copy for each edge and each range of blocks that flows over it. */
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
