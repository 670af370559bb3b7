package dev.waybill.planner.bound;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;

/**
 * What has to be carried in a lower bound of the planner: bytes, and whole blocks among them.
 *
 * @param bytes all of them
 * @param fullBlocks how many blocks are in it that are not a file's shorter last one
 * @param smallest bytes of the smallest of these
 */
record Volume(double bytes, long fullBlocks, double smallest) {
  static final Volume NOTHING = new Volume(0, 0, Double.POSITIVE_INFINITY);

  static Volume of(IndexedProblem problem, BlockClass c) {
    BlockLayout layout = problem.layouts[c.file()];
    Run end = c.runs().get(c.runs().size() - 1);
    boolean shorter = layout.length(end.last()) < layout.blockSize();
    return new Volume(
        (double) c.bytes(),
        (long) c.blocks() - (shorter ? 1 : 0),
        c.blocks() == 1 && shorter ? Double.POSITIVE_INFINITY : (double) layout.blockSize());
  }

  Volume and(Volume other) {
    return new Volume(
        bytes + other.bytes, fullBlocks + other.fullBlocks, Math.min(smallest, other.smallest));
  }
}
