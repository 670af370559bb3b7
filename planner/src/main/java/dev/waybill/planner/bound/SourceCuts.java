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

  private SourceCuts() {}

  static Cut tightest(IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    Cut best = Cut.none();
    for (BlockClass c : largest(classes)) {
      List<int[]> ways = Arrays.stream(c.possessors()).mapToObj(h -> problem.egress[h]).toList();
      int[] covering = Covering.of(problem, ways);
      if (covering.length == 0) {
        continue;
      }
      double plain = free.earliest(covering, (double) c.bytes());
      double spread = spread(problem, c, covering);
      if (Math.max(plain, spread) > best.seconds()) {
        best = new Cut(Math.max(plain, spread), because(problem, c, spread > plain), covering);
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

  private static double spread(IndexedProblem problem, BlockClass c, int[] covering) {
    double sources = Arrays.stream(covering).mapToDouble(r -> problem.capacity[r]).sum();
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

  private static String because(IndexedProblem problem, BlockClass c, boolean spreads) {
    String who =
        c.possessors().length == 1
            ? "host " + problem.hostIds[c.possessors()[0]]
            : c.possessors().length + " hosts";
    String file = problem.fileIds[c.file()];
    return "what only "
        + who
        + " can give of "
        + file
        + " has to be sent once"
        + (spreads ? ", and its last block has to spread" : "");
  }
}
