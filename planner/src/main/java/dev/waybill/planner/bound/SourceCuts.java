package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Lower bounds from what only some hosts possess: all of it has to leave them once, and the block
 * that leaves them last then still has to reach everybody who needs it.
 *
 * <p>Let S possess F bytes in blocks of B bytes with egress capacity U_S together. The block whose
 * first copy from S is the last to be completed has its i-th copy from S no sooner than (F + (i -
 * 1) B) / U_S, since S has sent every other block by then. From there it spreads as in {@link
 * SpreadTimes}. For N equal hosts that is M + floor(log2 N) rounds. Where the file's last block is
 * shorter, it may be the one that leaves last, so the smaller of the two results holds.
 */
final class SourceCuts {
  /** Classes that are looked at: those with the most bytes. */
  private static final int MOST_CLASSES = 32;

  private static final double SMALL = 1e-6;

  private SourceCuts() {}

  static Cut tightest(IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    Cut best = Cut.none();
    for (BlockClass c : largest(classes)) {
      List<int[]> ways = Arrays.stream(c.possessors()).mapToObj(h -> problem.egress[h]).toList();
      int[] covering = Covering.of(problem, ways);
      if (covering.length == 0) {
        continue;
      }
      best =
          best.orTighter(
              Cut.carrying(
                  free,
                  covering,
                  new double[covering.length],
                  Volume.of(problem, c),
                  because(problem, c, false)));
      double spread = spread(problem, c, capacity(problem, covering));
      if (spread > best.seconds()) {
        best = Cut.ofSum(spread, because(problem, c, true), covering, price(problem, c, covering));
      }
    }
    return best;
  }

  static List<BlockClass> largest(List<BlockClass> classes) {
    return classes.size() <= MOST_CLASSES
        ? classes
        : classes.stream()
            .sorted(Comparator.comparingLong(BlockClass::bytes).reversed())
            .limit(MOST_CLASSES)
            .toList();
  }

  private static double capacity(IndexedProblem problem, int[] covering) {
    return Arrays.stream(covering).mapToDouble(r -> problem.capacity[r]).sum();
  }

  /** What a bit more capacity of the sources saves: a difference, for lack of a derivative. */
  private static double price(IndexedProblem problem, BlockClass c, int[] covering) {
    double sources = capacity(problem, covering);
    double more = sources * SMALL;
    return sources == 0
        ? 0
        : (spread(problem, c, sources) - spread(problem, c, sources + more)) / more;
  }

  private static double spread(IndexedProblem problem, BlockClass c, double sources) {
    double fastest = fastestSender(problem, c);
    if (sources == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double full = problem.layouts[c.file()].blockSize();
    int last = c.runs().get(c.runs().size() - 1).last();
    double shortest = problem.layouts[c.file()].length(last);
    double byShortest = lastHeld(c, sources, fastest, shortest);
    return c.blocks() == 1 || shortest == full
        ? byShortest
        : Math.min(lastHeld(c, sources, fastest, full), byShortest);
  }

  /** When the last needer holds the block of {@code block} bytes that leaves its sources last. */
  private static double lastHeld(BlockClass c, double sources, double fastest, double block) {
    int needers = c.needers().length;
    double[] times = SpreadTimes.of(needers, c.bytes() / sources, block / sources, block / fastest);
    return times[needers - 1];
  }

  /** Bytes per second: the egress of the fastest host that may come to hold the class's blocks. */
  private static double fastestSender(IndexedProblem problem, BlockClass c) {
    double fastest = 0;
    for (int h : c.needers()) {
      fastest = Math.max(fastest, problem.minCapacity(problem.egress[h]));
    }
    for (int h = 0; h < problem.hosts(); h++) {
      if (problem.relay[h]) {
        fastest = Math.max(fastest, problem.minCapacity(problem.egress[h]));
      }
    }
    return fastest;
  }

  /** Those who possess a class, in words. */
  static String who(IndexedProblem problem, BlockClass c) {
    return c.possessors().length == 1
        ? "host " + problem.hostIds[c.possessors()[0]]
        : c.possessors().length + " hosts";
  }

  private static String because(IndexedProblem problem, BlockClass c, boolean spreads) {
    String file = problem.fileIds[c.file()];
    return "what only "
        + who(problem, c)
        + " can give of "
        + file
        + " has to be sent once"
        + (spreads ? ", and its last block has to spread" : "");
  }
}
