package dev.waybill.planner.solve.flow;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sends over the first levels of the flow solver's trees block by block: each sender serves its
 * edges one after the other, the block that is due first and the child with the highest subtree
 * first, at what the way has left.
 *
 * <p>With c children at rate x each, a sender needs a block's time at x for all of them either way,
 * but now the first child has its block c times as early, and a root serves one tree after the
 * other instead of all at once.
 */
final class Bursts {
  /** The share of what other edges leave of a resource that bursts may take. */
  private static final double SHARE = 0.5;

  private final IndexedProblem problem;
  private final List<Lane> lanes;
  private final double[] spare;
  private final double[] reserved;
  private final int levels;

  /** One edge of a sender. */
  private record Line(int lane, int edge, int height) {}

  /** A block that is to go over one of a sender's edges. */
  private record Job(double due, int order, Line line, int block, double released) {}

  /**
   * @param spare what the trees leave of each resource
   * @param reserved what the bursts take of each resource is added to it
   */
  Bursts(IndexedProblem problem, List<Lane> lanes, double[] spare, double[] reserved, int levels) {
    this.problem = problem;
    this.lanes = lanes;
    this.spare = spare;
    this.reserved = reserved;
    this.levels = levels;
  }

  void plan() {
    for (int level = 1; level <= levels; level++) {
      Map<Integer, List<Line>> senders = new LinkedHashMap<>();
      for (int k = 0; k < lanes.size(); k++) {
        Tree tree = lanes.get(k).tree;
        int[] heights = heights(lanes.get(k));
        for (int e = 0; e < tree.edges.size(); e++) {
          if (tree.edges.get(e).depth() == level && lanes.get(k).count() > 0) {
            senders
                .computeIfAbsent(tree.edges.get(e).from(), h -> new ArrayList<>())
                .add(new Line(k, e, heights[e]));
          }
        }
      }
      senders.values().forEach(this::serve);
    }
  }

  /** By edge, how many levels there are below it. */
  private static int[] heights(Lane lane) {
    int[] height = new int[lane.tree.edges.size()];
    for (int e = height.length - 1; e >= 0; e--) {
      int by = lane.feeding(e);
      if (by >= 0) {
        height[by] = Math.max(height[by], height[e] + 1);
      }
    }
    return height;
  }

  private void serve(List<Line> lines) {
    boolean pointless = lines.stream().allMatch(l -> l.height == 0);
    if (pointless || lines.stream().anyMatch(l -> edge(l).depth() > 1 && feeding(l) == null)) {
      return;
    }
    lines.sort(Comparator.comparingInt(Line::height).reversed());
    Map<Integer, Double> given = new HashMap<>();
    for (Line line : lines) {
      for (int r : edge(line).way()) {
        given.merge(r, lanes.get(line.lane).rate(), Double::sum);
      }
    }
    double load = 0;
    double[] rates = new double[lines.size()];
    for (int i = 0; i < rates.length; i++) {
      Line line = lines.get(i);
      rates[i] = Double.POSITIVE_INFINITY;
      for (int r : edge(line).way()) {
        rates[i] = Math.min(rates[i], available(r, edge(line).from(), given));
      }
      load += lanes.get(line.lane).rate() / rates[i];
    }
    if (load > 1 || Double.isInfinite(rates[0])) {
      return;
    }
    Map<Integer, Double> taken = new HashMap<>();
    for (int i = 0; i < rates.length; i++) {
      for (int r : edge(lines.get(i)).way()) {
        taken.merge(r, rates[i], Math::max);
      }
    }
    given.forEach((r, rate) -> spare[r] += rate - taken.getOrDefault(r, 0.0));
    taken.forEach((r, rate) -> reserved[r] += rate);
    run(lines, rates);
  }

  private double available(int r, int sender, Map<Integer, Double> given) {
    boolean own = false;
    for (int out : problem.egress[sender]) {
      own |= out == r;
    }
    return given.getOrDefault(r, 0.0) + (own ? 1 : SHARE) * Math.max(0, spare[r]);
  }

  private Tree.Edge edge(Line line) {
    return lanes.get(line.lane).tree.edges.get(line.edge);
  }

  /** What brings a line's blocks to its sender; null where that is a root or a constant copy. */
  private Lane.@Nullable Burst feeding(Line line) {
    Lane lane = lanes.get(line.lane);
    int by = lane.feeding(line.edge);
    return by < 0 ? null : lane.burst(by);
  }

  private void run(List<Line> lines, double[] rates) {
    double[][] begins = new double[lines.size()][];
    PriorityQueue<Job> coming = new PriorityQueue<>(Comparator.comparingDouble(Job::released));
    for (int i = 0; i < begins.length; i++) {
      Lane lane = lanes.get(lines.get(i).lane);
      begins[i] = new double[lane.count()];
      Lane.Burst feeding = feeding(lines.get(i));
      for (int b = 0; b < lane.count(); b++) {
        double released =
            feeding == null ? lane.heldByRoot(lines.get(i).edge, b) : lane.heldAt(feeding, b);
        coming.add(new Job(Math.max(released, lane.due(b)), i, lines.get(i), b, released));
      }
    }
    PriorityQueue<Job> ready =
        new PriorityQueue<>(Comparator.comparingDouble(Job::due).thenComparingInt(Job::order));
    double now = 0;
    while (!coming.isEmpty() || !ready.isEmpty()) {
      if (ready.isEmpty()) {
        now = Math.max(now, coming.element().released);
      }
      while (!coming.isEmpty() && coming.element().released <= now) {
        ready.add(coming.remove());
      }
      Job job = ready.remove();
      begins[job.order][job.block] = now;
      now += lanes.get(job.line.lane).length(job.block) / rates[job.order];
      now += 2 * Math.ulp(now);
    }
    for (int i = 0; i < begins.length; i++) {
      lanes.get(lines.get(i).lane).burst(lines.get(i).edge, new Lane.Burst(begins[i], rates[i]));
    }
  }
}
