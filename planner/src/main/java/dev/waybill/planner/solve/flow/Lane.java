package dev.waybill.planner.solve.flow;

import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One tree of the flow solver with the blocks that flow over it, and when they do.
 *
 * <p>Edges that feed hosts with children of their own run at one rate x; an edge begins when its
 * sender has had the largest block's time at x. An edge to a leaf has until the end, which for
 * leaves that are not the deepest ones is more time than others have: it runs slower, and what it
 * leaves of its sender's capacity is what limits the end.
 */
final class Lane {
  /** How far a copy is behind the one it lives on, beyond a block's time, in block times. */
  private static final double MARGIN = 1e-6;

  final Tree tree;
  private final IndexedProblem problem;
  private final Cargo cargo;
  private final int count;
  private final List<Cargo.Segment> segments;

  /** Bytes before each block of the range, and all of them last. */
  private final long[] offsets;

  /** By root that does not hold all of it at time 0, when it holds each block of the range. */
  private final Map<Integer, double[]> heldByRoot = new HashMap<>();

  /** By edge, where it sends block by block. */
  private final @Nullable Burst[] bursts;

  /** By edge, which one feeds its sender; -1 where that is a root. */
  private final int[] feeding;

  /** By edge, whether its receiver has no children. */
  private final boolean[] leaf;

  private final double[] begins;
  private final double[] rates;
  private double rate;

  /** Single blocks sent one by one over an edge: when each one's transfer begins, and the rate. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Burst(double[] begins, double rate) {}

  Lane(IndexedProblem problem, Cargo cargo, Tree tree, int from, int count) {
    this.problem = problem;
    this.cargo = cargo;
    this.tree = tree;
    this.count = count;
    this.rate = tree.rate;
    this.segments = cargo.between(from, count);
    this.offsets = new long[count + 1];
    int i = 0;
    for (Cargo.Segment s : segments) {
      for (int b = s.first(); b <= s.last(); b++, i++) {
        offsets[i + 1] = offsets[i] + cargo.layout(s).length(b);
      }
    }
    int edges = tree.edges.size();
    bursts = new Burst[edges];
    begins = new double[edges];
    rates = new double[edges];
    leaf = new boolean[edges];
    feeding = new int[edges];
    int[] into = new int[problem.hosts()];
    java.util.Arrays.fill(into, -1);
    java.util.Arrays.fill(leaf, true);
    for (int e = 0; e < edges; e++) {
      int sender = tree.edges.get(e).from();
      int by = into[sender];
      feeding[e] = by;
      if (by >= 0) {
        leaf[by] = false;
      } else {
        heldByRoot.computeIfAbsent(sender, root -> cargo.heldAt(root, from, count));
      }
      into[tree.edges.get(e).to()] = e;
    }
  }

  int count() {
    return count;
  }

  long length(int block) {
    return offsets[block + 1] - offsets[block];
  }

  /** When a block's transfer would begin if the roots sent at the tree's rate from 0 on. */
  double due(int block) {
    return offsets[block] / rate;
  }

  boolean isLeaf(int edge) {
    return leaf[edge];
  }

  /** The edge that feeds the sender of this one, or -1 where that is a root. */
  int feeding(int edge) {
    return feeding[edge];
  }

  @Nullable Burst burst(int edge) {
    return bursts[edge];
  }

  /** Sends over an edge block by block. */
  void burst(int edge, Burst burst) {
    bursts[edge] = burst;
  }

  /** When the root that an edge begins at holds a block. */
  double heldByRoot(int edge, int block) {
    double[] held = heldByRoot.get(tree.edges.get(edge).from());
    return held == null ? 0 : held[block];
  }

  /** About when the last of its blocks is everywhere if that is soon after it is made; or 0. */
  double secondsAfterMade() {
    double last = 0;
    for (double[] held : heldByRoot.values()) {
      last = Math.max(last, count == 0 ? 0 : held[count - 1]);
    }
    return last == 0 ? 0 : last + (1 + MARGIN) * tree.depth() * cargo.largestBlock() / rate;
  }

  /** When the receiver of a burst holds a block. */
  double heldAt(Burst burst, int block) {
    return burst.begins[block] + length(block) / burst.rate;
  }

  /** The rate of inner edges, bytes per second. */
  double rate() {
    return rate;
  }

  double rate(int edge) {
    return rates[edge];
  }

  /**
   * Sets begins and rates so that everything is over at {@code end}.
   *
   * @return whether that is possible
   */
  boolean fit(double end) {
    if (count == 0) {
      return true;
    }
    double all = offsets[count];
    double x = Math.max(rate, all / end);
    for (int i = 0; i < 4; i++) {
      double latest = begin(x);
      if (!(latest < end)) {
        return false;
      }
      x = all / (end - latest);
    }
    begin(x);
    rate = x;
    for (int e = 0; e < rates.length; e++) {
      Burst burst = bursts[e];
      if (burst != null) {
        rates[e] = 0;
        for (int b = 0; b < count; b++) {
          if (heldAt(burst, b) > end) {
            return false;
          }
        }
      } else {
        rates[e] = leaf[e] ? Math.min(x, all / (end - begins[e])) : x;
      }
    }
    return true;
  }

  /** Works out when each edge begins if inner edges run at {@code x}; returns the last of these. */
  private double begin(double x) {
    double behind = cargo.largestBlock() / x;
    double latest = 0;
    for (int e = 0; e < begins.length; e++) {
      if (bursts[e] == null) {
        int by = feeding[e];
        double ready = by < 0 ? made(e, x) : ready(by, behind, x);
        boolean atOnce = by < 0 && ready == 0;
        begins[e] = ready + (atOnce ? 0 : MARGIN * behind + 4 * Math.ulp(offsets[count] / x));
        latest = Math.max(latest, begins[e]);
      }
    }
    return latest;
  }

  /** When a root can begin to send at {@code x} over an edge without running dry. */
  private double made(int edge, double x) {
    double[] held = heldByRoot.get(tree.edges.get(edge).from());
    return held == null ? 0 : ready(b -> held[b], x);
  }

  /** The same for a sender that the edge {@code by} feeds. */
  private double ready(int by, double behind, double x) {
    Burst burst = bursts[by];
    return burst == null ? begins[by] + behind : ready(b -> heldAt(burst, b), x);
  }

  private double ready(IntToDoubleFunction heldAt, double x) {
    double ready = 0;
    for (int b = 0; b < count; b++) {
      ready = Math.max(ready, heldAt.applyAsDouble(b) - offsets[b] / x);
    }
    return ready;
  }

  void copies(List<Copy> out) {
    for (int e = 0; e < bursts.length && count > 0; e++) {
      Burst burst = bursts[e];
      int block = 0;
      for (Cargo.Segment s : segments) {
        if (burst == null) {
          double begin = begins[e] + offsets[block] / rates[e];
          out.add(copy(e, s, s.first(), s.last(), begin, rates[e]));
        } else {
          for (int b = s.first(); b <= s.last(); b++) {
            out.add(copy(e, s, b, b, burst.begins[block + b - s.first()], burst.rate));
          }
        }
        block += s.blocks();
      }
    }
  }

  private Copy copy(int edge, Cargo.Segment s, int first, int last, double start, double rate) {
    Tree.Edge e = tree.edges.get(edge);
    return new Copy(
        problem.fileIds[s.file()],
        problem.hostIds[e.from()],
        problem.hostIds[e.to()],
        first,
        last,
        start,
        rate);
  }
}
