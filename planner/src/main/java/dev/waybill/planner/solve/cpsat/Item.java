package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.indexed.BlockClass;
import java.util.List;

/**
 * One block that has to travel, in a problem that the CP-SAT solver takes on.
 *
 * @param file index of the file
 * @param block index of the block in it
 * @param bytes of it
 * @param blocks all that are possessed and needed by the same hosts; compared by identity
 * @param heldAt by host: when it holds the block without a new copy, seconds; infinite for never
 * @param arcs where the block may be sent
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Item(int file, int block, long bytes, BlockClass blocks, double[] heldAt, List<Arc> arcs) {
  /**
   * A way from host to host.
   *
   * @param way indices of its resources, all of which are up
   * @param rate what one copy alone could run at, bytes per second; infinite without resources
   */
  record Arc(int from, int to, int[] way, double rate) {}

  boolean possesses(int host) {
    return heldAt[host] < Double.POSITIVE_INFINITY;
  }
}
